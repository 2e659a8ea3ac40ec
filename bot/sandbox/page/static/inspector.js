// What goes over the wire, newest first; each line opens to its payload.
import { $, $$, drawn, piece } from "./net.js";
import { closePane, setPane } from "./places.js";

async function open() {
  if ($(".inspector")) return closePane();
  setPane(await piece("inspector"));
  $("#open-inspector").setAttribute("aria-pressed", "true");
  $("#lines").focus();
}

export async function moreLines() {
  const lines = $("#lines");
  if (!lines) return;
  const newest = $(".line", lines)?.dataset.number ?? 0;
  lines.prepend(drawn(await piece("inspector", { after: newest, rows: 1 })));
  for (const old of $$(".line", lines).slice(600)) old.remove();
  sift();
}

function sift() {
  const kind = $(".filter[aria-pressed=true]")?.dataset.filter ?? "";
  const name = $(".filter-text").value.trim().toLowerCase();
  for (const line of $$("#lines .line")) {
    line.hidden = !((!kind || line.classList.contains(kind)) && line.dataset.name.toLowerCase().includes(name));
  }
}

document.addEventListener("toggle", async (event) => {
  const line = event.target.closest?.(".line[data-number]");
  if (!line?.open || $(".payloads", line).firstChild) return;
  const answer = await fetch(`/page/inspector/${line.dataset.number}`);
  $(".payloads", line).innerHTML = await answer.text();
}, true);

document.addEventListener("click", (event) => {
  if (event.target.closest("#open-inspector, [data-open=inspector]")) open();
  const filter = event.target.closest(".filter[data-filter]");
  if (!filter) return;
  $$(".filter[data-filter]").forEach((each) => each.setAttribute("aria-pressed", String(each === filter)));
  sift();
});
document.addEventListener("input", (event) => event.target.matches(".filter-text") && sift());
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "i" && !event.shiftKey) {
    event.preventDefault();
    open();
  }
});
