// Boxes in which one types to find a choice, or several.
import { $, $$, deed, drawn, later, piece } from "./net.js";
import { press } from "./acting.js";
import { valueOf } from "./values.js";

let numbers = 0;
const kept = new WeakMap();
const turns = new WeakMap();

const boxOf = (target) => target.closest?.(".combo");
const listOf = (box) => $(".combo-list", box);
const shownOptions = (box) => $$("[role=option]", listOf(box)).filter((option) => !option.hidden);

async function open(box) {
  const turn = turned(box);
  const list = listOf(box);
  const typed = $(".combo-input", box).value.trim();
  const source = box.dataset.source;
  if (source === "static") filter(list, typed);
  else if (source === "external") await suggest(box, typed);
  else list.innerHTML = await piece("offers", { kind: source, q: typed, kinds: box.dataset.kinds ?? "" });
  if (turns.get(box) !== turn) return;
  const chosen = $$(".chip", box).map((chip) => chip.dataset.value);
  for (const option of $$("[role=option]", list)) {
    option.id ||= `option-${numbers++}`;
    option.classList.toggle("taken", chosen.includes(option.dataset.value));
  }
  list.id ||= `list-${numbers++}`;
  list.hidden = false;
  const none = $(".combo-none", list);
  if (!shownOptions(box).length && !none) list.insertAdjacentHTML("beforeend", '<div class="combo-none">Nothing found</div>');
  if (shownOptions(box).length) none?.remove();
  const input = $(".combo-input", box);
  input.setAttribute("aria-expanded", "true");
  input.setAttribute("aria-controls", list.id);
  lay(box, list);
  mark(box, shownOptions(box)[0]);
}

// The list lies over everything, so that no edge of a modal or a message cuts it off.
function lay(box, list) {
  const at = box.getBoundingClientRect();
  const { height } = list.getBoundingClientRect();
  const up = at.bottom + height + 8 > innerHeight && at.top > height + 8;
  list.style.minWidth = `${at.width}px`;
  list.style.left = `${Math.max(8, Math.min(at.left, innerWidth - list.offsetWidth - 8))}px`;
  list.style.top = `${up ? at.top - height - 5 : at.bottom + 5}px`;
}

document.addEventListener("scroll", (event) => {
  if (event.target.matches?.(".modal-body, .messages, .home")) $$(".combo-list:not([hidden])").forEach((list) => close(boxOf(list)));
}, true);

function filter(list, typed) {
  const words = typed.toLowerCase().split(/\s+/);
  for (const option of $$("[role=option]", list)) {
    option.hidden = !words.every((word) => option.textContent.toLowerCase().includes(word));
  }
  for (const group of $$("[role=group]", list)) group.hidden = !$("[role=option]:not([hidden])", group);
}

// Asks the app for options. Slack waits for so many letters, three unless the app says otherwise.
async function suggest(box, typed) {
  const list = listOf(box);
  const least = Number(box.dataset.least ?? 3);
  if (typed.length < least) {
    list.innerHTML = '<div class="combo-none"></div>';
    list.firstChild.textContent = `Type ${least - typed.length} more`;
    return;
  }
  const message = box.closest(".message");
  const form = box.closest(".modal-form");
  const place = message ? { channel: message.dataset.channel, ts: message.dataset.ts } : form ? { view_id: form.dataset.view } : { home: true };
  const result = await deed("suggest", { action_id: box.dataset.action, block_id: box.dataset.block, value: typed, ...place }, true);
  list.replaceChildren(...groups(result.options ?? {}));
}

function groups(answer) {
  const grouped = answer.option_groups ?? [{ options: answer.options ?? [] }];
  return grouped.flatMap((group) => {
    const title = group.label ? [Object.assign(document.createElement("div"), { className: "combo-group", textContent: group.label.text })] : [];
    return [...title, ...group.options.map(optionOf)];
  });
}

function optionOf(option) {
  const line = document.createElement("div");
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  line.dataset.value = option.value;
  line.append(Object.assign(document.createElement("span"), { textContent: option.text.text }));
  if (option.description) line.append(Object.assign(document.createElement("small"), { textContent: option.description.text }));
  kept.set(line, option);
  return line;
}

// What was asked for before the box was closed, or asked again, comes too late.
function turned(box) {
  turns.set(box, (turns.get(box) ?? 0) + 1);
  return turns.get(box);
}

function close(box) {
  turned(box);
  listOf(box).hidden = true;
  const input = $(".combo-input", box);
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function mark(box, option) {
  for (const each of $$("[aria-selected=true]", listOf(box))) each.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  const input = $(".combo-input", box);
  if (option) input.setAttribute("aria-activedescendant", option.id);
  else input.removeAttribute("aria-activedescendant");
}

function choose(box, option) {
  const many = "many" in box.dataset;
  const chips = $(".chips", box);
  const input = $(".combo-input", box);
  const value = option.dataset.value;
  const same = $$(".chip", chips).find((chip) => chip.dataset.value === value);
  if (!many) chips.replaceChildren();
  if (same && many) same.remove();
  else if (!many || !box.dataset.most || chips.children.length < Number(box.dataset.most)) chips.append(chipOf(option, value));
  input.value = "";
  if (many) open(box);
  else close(box);
  changed(box);
}

function chipOf(option, value) {
  const label = option.querySelector("span:not(.avatar)")?.textContent ?? option.firstChild.textContent;
  const chip = $(".chip", drawn('<span class="chip"><button type="button" tabindex="-1">×</button></span>'));
  chip.prepend(label);
  chip.dataset.value = value;
  $("button", chip).setAttribute("aria-label", `Remove ${label}`);
  if (kept.has(option)) kept.set(chip, kept.get(option));
  return chip;
}

// The app knows the options of an external menu, the sandbox does not: it gets them whole.
export function comboValue(box) {
  if (box.dataset.source !== "external") return valueOf(box);
  const whole = $$(".chip", box).map((chip) => kept.get(chip) ?? { text: { type: "plain_text", text: chip.firstChild.textContent }, value: chip.dataset.value });
  return "many" in box.dataset ? whole : whole[0] ?? null;
}

function changed(box) {
  box.dispatchEvent(new Event("chosen", { bubbles: true }));
  if ("dispatch" in box.dataset) press(box, comboValue(box));
}

const typing = later((box, turn) => turns.get(box) === turn && open(box), 120);

document.addEventListener("input", (event) => event.target.matches(".combo-input") && typing(boxOf(event.target), turned(boxOf(event.target))));
document.addEventListener("focusin", (event) => event.target.matches(".combo-input") && open(boxOf(event.target)));
document.addEventListener("focusout", (event) => {
  const box = boxOf(event.target);
  if (box && !box.contains(event.relatedTarget)) close(box);
});
document.addEventListener("mousedown", (event) => {
  const box = boxOf(event.target);
  if (!box) return;
  const option = event.target.closest("[role=option]");
  const cross = event.target.closest(".chip button");
  if (option || !event.target.matches("input, button")) event.preventDefault();
  if (option) return choose(box, option);
  if (cross) {
    cross.closest(".chip").remove();
    return changed(box);
  }
  $(".combo-input", box).focus();
  if (listOf(box).hidden) open(box);
});
document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.(".combo-input")) return;
  const box = boxOf(event.target);
  const options = shownOptions(box);
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const closed = listOf(box).hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (closed) return open(box);
    mark(box, options[(at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length]);
  } else if (event.key === "Enter" && !closed) {
    event.preventDefault();
    if (options[at]) choose(box, options[at]);
  } else if (event.key === "Escape" && !closed) {
    event.preventDefault();
    event.stopPropagation();
    close(box);
  } else if (event.key === "Backspace" && !event.target.value && $(".chip", box)) {
    $$(".chip", box).at(-1).remove();
    changed(box);
  }
}, true);
