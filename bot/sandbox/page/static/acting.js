// Buttons, menus, pickers and inputs of Block Kit: what was done with them goes to the app.
import { $, $$, deed } from "./net.js";
import { confirmed } from "./confirm.js";
import { valueOf } from "./values.js";

const ON_CHANGE = "select[data-act], input.picker[data-act], .choices[data-act], input[type=file][data-act]";

function holder(element) {
  const message = element.closest(".message");
  if (message) return { channel: message.dataset.channel, ts: message.dataset.ts };
  const form = element.closest(".modal-form");
  return form ? { view_id: form.dataset.view } : { home: true };
}

// Tells the app of one action, after the question that the app wanted asked before it.
export async function press(element, value, source = element) {
  const question = element.nextElementSibling;
  if (question?.matches("template.confirm") && !(await confirmed(question))) return false;
  source.setAttribute("aria-busy", "true");
  const body = { action_id: element.dataset.action, block_id: element.dataset.block, value, ...holder(element) };
  const result = await deed("press", body);
  source.removeAttribute("aria-busy");
  return Boolean(result.ok);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-act], a[data-act]");
  if (button && button.getAttribute("aria-busy") !== "true") {
    const done = await press(button, button.dataset.value ?? null);
    if (done && button.dataset.act === "feedback_buttons") {
      $$("[aria-pressed]", button.parentElement).forEach((b) => b.setAttribute("aria-pressed", String(b === button)));
    }
  }
  const item = event.target.closest(".menu-box [role=menuitem]");
  if (item) press(item.closest(".menu-box"), item.dataset.value, item);
});

document.addEventListener("change", (event) => {
  const element = event.target.closest(ON_CHANGE);
  if (!element || !("dispatch" in element.dataset)) return;
  if (element.matches("input.picker")) picked(element);
  else press(element, valueOf(element));
});

// A date that is typed changes with each digit: it counts when one leaves the field, presses Enter, or pauses.
const waiting = new WeakMap();
function picked(element) {
  clearTimeout(waiting.get(element));
  waiting.set(element, setTimeout(() => settle(element), 900));
}
function settle(element) {
  if (!waiting.has(element)) return;
  clearTimeout(waiting.get(element));
  waiting.delete(element);
  press(element, valueOf(element));
}
document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("input.picker[data-dispatch]")) settle(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  const field = event.target.closest("input[data-dispatch][data-act], textarea[data-dispatch][data-act]");
  if (!field) return;
  if (field.matches(".picker")) settle(field);
  else if ((field.dataset.on ?? "on_enter_pressed").includes("on_enter_pressed") && field.tagName === "INPUT") {
    event.preventDefault();
    press(field, valueOf(field));
  }
});

document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-dispatch][data-on*=on_character_entered]");
  if (!field) return;
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(() => press(field, valueOf(field)), 300));
});

document.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-mark]");
  if (!mark) return;
  const area = $("textarea", mark.closest(".rich-input"));
  const { selectionStart: from, selectionEnd: to, value } = area;
  area.setRangeText(mark.dataset.mark + value.slice(from, to) + mark.dataset.mark, from, to, "end");
  area.focus();
});
