// The first hints, until they are closed.
import { $ } from "./net.js";

export function showHint() {
  const hint = $("#hint");
  if (hint) hint.hidden = localStorage.getItem("hint") === "seen";
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".hint-close")) {
    localStorage.setItem("hint", "seen");
    $("#hint").hidden = true;
    $("#composer-text")?.focus();
  }
  if (event.target.closest("#show-hint")) {
    localStorage.removeItem("hint");
    $("#help").hidePopover();
    showHint();
  }
  const tried = event.target.closest("[data-try]");
  if (tried) {
    const field = $("#composer-text");
    field.value = tried.dataset.try;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
  if (event.target.closest("#theme")) {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
    localStorage.setItem("theme", document.documentElement.dataset.theme);
  }
});
