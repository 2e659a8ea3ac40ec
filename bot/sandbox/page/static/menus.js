// Menus that drop down, and the box to jump from.
import { $, $$, later, me, piece } from "./net.js";
import { go } from "./places.js";

let opener = null;

export function closeMenus({ refocus = false } = {}) {
  $$(".menu.floating").forEach((menu) => menu.remove());
  for (const menu of $$(".menu-box .menu:not([hidden])")) {
    menu.hidden = true;
    $("[data-menu]", menu.parentElement).setAttribute("aria-expanded", "false");
  }
  if (refocus) opener?.focus();
  opener = null;
}

// Shows a menu beside a button; `chosen` gets the item that was picked.
export function floating(button, template, chosen, drop = () => {}) {
  const again = opener === button;
  closeMenus();
  if (again) return;
  opener = button;
  const menu = $(".menu", $(template).content.cloneNode(true));
  drop(menu);
  (button.closest("dialog") ?? document.body).append(menu);
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + height + 8 < innerHeight;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - height - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`;
  menu.addEventListener("click", (event) => {
    const item = event.target.closest("[role=menuitem]");
    if (!item) return;
    closeMenus({ refocus: true });
    chosen(item);
  });
  $("[role=menuitem]", menu)?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-menu]");
  if (button) {
    const menu = button.nextElementSibling;
    const open = menu.hidden;
    closeMenus();
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    opener = button;
    if (open) $("[role=menuitem]", menu)?.focus();
  } else if (event.target.closest(".menu-box [role=menuitem]")) closeMenus({ refocus: true });
  else if (!event.target.closest(".menu, [aria-haspopup]")) closeMenus();
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu");
  if (!menu) return;
  const items = $$("[role=menuitem]", menu);
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step) {
    event.preventDefault();
    items[(at + step + items.length) % items.length].focus();
  }
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    closeMenus({ refocus: true });
  }
}, true);

const jump = $("#jump");
const text = $("#jump-text");
const places = $("#jump-list");

async function find() {
  places.innerHTML = (await piece("offers", { kind: "places", q: text.value.trim() })) || '<p class="combo-none">Nothing found</p>';
  $$("[role=option]", places).forEach((option, number) => (option.id = `place-${number}`));
  point($("[role=option]", places));
}

function point(option) {
  for (const each of $$("[aria-selected=true]", places)) each.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", option?.id ?? "");
}

function leap(option) {
  if (!option) return;
  jump.close();
  const where = option.dataset.value;
  if (where.startsWith("@")) location.assign(`/as/${me}/${encodeURIComponent(where)}`);
  else go(`/as/${me}/${where}`);
}

function openJump() {
  text.value = "";
  jump.showModal();
  find();
}

text.addEventListener("input", later(find, 60));
text.addEventListener("keydown", (event) => {
  const options = $$("[role=option]", places);
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options.length) {
    event.preventDefault();
    point(options[(at + step + options.length) % options.length]);
  }
  if (event.key === "Enter") leap(options[at]);
});
places.addEventListener("click", (event) => leap(event.target.closest("[role=option]")));
jump.addEventListener("click", (event) => event.target === jump && jump.close());
$("#open-jump").addEventListener("click", openJump);
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (!$("dialog[open]")) openJump();
  }
});
