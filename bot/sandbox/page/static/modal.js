// Modals: opened and changed by the app, filled in here.
import { $, $$, deed, reason } from "./net.js";
import { comboValue } from "./combos.js";
import { collected } from "./values.js";

const dialog = $("#modal");
const form = () => $(".modal-form", dialog);

export function takeModal({ html, id }) {
  const old = form();
  if (!html) {
    if (dialog.open) dialog.close();
    dialog.replaceChildren();
    return;
  }
  const same = old?.dataset.view === id;
  const entered = same ? fields(old).map(snapshot) : [];
  const focused = same ? document.activeElement?.id : "";
  const scrolled = same ? $(".modal-body", old).scrollTop : 0;
  dialog.innerHTML = html;
  entered.forEach(restore);
  showModal({ focus: !same });
  if (!same) return;
  $(".modal-body", dialog).scrollTop = scrolled;
  const wrong = $(".wrong input, .wrong textarea, .wrong select", dialog);
  (wrong ?? (focused ? document.getElementById(focused) : null))?.focus();
}

export function showModal({ focus = true } = {}) {
  if (!form()) return;
  if (!dialog.open) dialog.showModal();
  if (!focus) return;
  const first = $("[data-focus], [autofocus]", dialog) ?? $(".field input, .field textarea, .field select", dialog) ?? $(".dialog-foot .primary", dialog);
  (first ?? $(".modal-body", dialog)).focus();
}

const fields = (within) => $$(".field [data-act]", within);

// Keeps what was typed while the app changes the modal around it.
function snapshot(element) {
  const { block, action, act } = element.dataset;
  if (element.matches(".combo")) return { block, action, act, chips: [...$(".chips", element).children] };
  if (element.matches(".choices")) return { block, action, act, ticked: $$("input:checked", element).map((box) => box.value) };
  return { block, action, act, value: element.value };
}

function restore({ block, action, act, chips, ticked, value }) {
  const twin = fields(dialog).find(({ dataset: d }) => d.block === block && d.action === action && d.act === act);
  if (!twin) return;
  if (chips) $(".chips", twin).replaceChildren(...chips);
  else if (ticked) $$("input", twin).forEach((box) => (box.checked = ticked.includes(box.value)));
  else if (!twin.matches("[type=file]")) twin.value = value;
}

async function submit() {
  const button = $("[type=submit]", dialog);
  if (!button || button.disabled || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const values = collected(form());
  for (const box of $$(".field .combo", dialog)) values[box.dataset.block] = comboValue(box);
  const result = await deed("submit", { values }, true);
  button.removeAttribute("aria-busy");
  const trouble = $(".trouble", dialog);
  if (result.ok || !trouble) return;
  trouble.textContent = result.shown ?? reason(result);
  trouble.hidden = false;
}

dialog.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
dialog.addEventListener("cancel", (event) => {
  if (event.target !== dialog) return;
  event.preventDefault();
  deed("close", {});
});
dialog.addEventListener("click", (event) => {
  const way = event.target.closest("[data-modal]")?.dataset.modal;
  if (way) deed("close", { everything: way === "clear" });
});
dialog.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
});
