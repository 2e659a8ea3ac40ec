// A question that must be answered yes before something is done.
import { $ } from "./net.js";

export function confirmed(template) {
  const dialog = $("#confirm");
  dialog.replaceChildren(template.content.cloneNode(true));
  const heading = $("h2", dialog);
  heading.id = "confirm-title";
  dialog.setAttribute("aria-labelledby", "confirm-title");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    const chosen = (event) => {
      const button = event.target.closest("button[value]");
      if (button) dialog.close(button.value);
    };
    dialog.addEventListener("click", chosen);
    dialog.addEventListener("close", () => {
      dialog.removeEventListener("click", chosen);
      resolve(dialog.returnValue === "yes");
    }, { once: true });
  });
}

export function asked(title, words, yes) {
  const template = document.createElement("template");
  const heading = Object.assign(document.createElement("h2"), { textContent: title });
  const text = Object.assign(document.createElement("p"), { textContent: words });
  const foot = Object.assign(document.createElement("div"), { className: "dialog-foot" });
  const buttons = [["no", "Cancel", "button"], ["yes", yes, "button danger"]].map(([value, label, className]) =>
    Object.assign(document.createElement("button"), { type: "button", value, textContent: label, className }));
  foot.append(...buttons);
  template.content.append(heading, text, foot);
  return confirmed(template);
}
