// Where one is: the conversation in the middle, the pane on the right, the list on the left.
import { $, $$, deed, later, me, piece } from "./net.js";
import { showHint } from "./hint.js";

const NEAR = 90;
export const here = () => $(".conversation")?.dataset ?? {};
export const pane = $("#pane");
const narrow = matchMedia("(max-width: 820px)");

export function atBottom(box) {
  return !box || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
}

export function toBottom(box) {
  if (box) box.scrollTop = box.scrollHeight;
}

export async function go(address, { push = true, focus = true } = {}) {
  const url = new URL(address, location.href);
  const [, , who, where] = url.pathname.split("/").map(decodeURIComponent);
  if (who !== me || !where) return location.assign(url);
  const html = await piece(`main/${encodeURIComponent(where)}`, { tab: url.searchParams.get("tab") ?? "" });
  if (!html) return location.assign(url);
  $("#main").innerHTML = html;
  if (push) history.pushState(null, "", url);
  if (!$(".inspector")) closePane({ keepAddress: true });
  closeSide();
  arrive();
  if (focus && !narrow.matches) ($("#composer-text") ?? $("#home"))?.focus({ preventScroll: true });
}

// Does what follows from being somewhere: the end in sight, read marks, and what the app hears of it.
export function arrive() {
  const box = $("#messages");
  const unread = $(".new-line", box ?? document);
  if (unread) unread.scrollIntoView({ block: "center" });
  if (!unread) toBottom(box);
  toBottom($("#replies"));
  showHint();
  const { kind, tab, channel, title } = here();
  if (kind === "app") deed("open_home", { tab }, true);
  if (kind !== "app" && channel) sessionStorage.setItem("beside", channel);
  else if (sessionStorage.getItem("beside")) deed("look_at", { channel: sessionStorage.getItem("beside") }, true);
  document.title = `${title} · ${document.title.split(" · ").slice(1).join(" · ")}`;
  const draft = sessionStorage.getItem(`draft ${me} ${channel}`);
  if (draft && $("#composer-text")) {
    $("#composer-text").value = draft;
    $("#composer-text").dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const row of $$(".side [data-id]")) {
    if (row.dataset.id === channel) row.setAttribute("aria-current", "page");
    else row.removeAttribute("aria-current");
  }
  markRead();
  refreshSide();
}

export const markRead = later(async () => {
  const last = $$("#messages .message:not(.ephemeral)").at(-1);
  if (!last || document.hidden) return;
  await deed("mark", { channel: last.dataset.channel, ts: last.dataset.ts }, true);
  refreshSide();
}, 250);

export const refreshSide = later(async () => {
  if ($("#people")?.matches(":popover-open")) return refreshSide();
  const html = await piece(`side/${encodeURIComponent(here().channel ?? "none")}`);
  if (!html) return;
  const focused = document.activeElement?.closest(".side [data-id]")?.dataset.id;
  const scrolled = $(".rows")?.scrollTop ?? 0;
  $("#side").innerHTML = html;
  $(".rows").scrollTop = scrolled;
  if (focused) $(`.side [data-id="${focused}"]`)?.focus();
  const loud = $$(".side .badge").reduce((sum, badge) => sum + parseInt(badge.textContent, 10), 0);
  document.title = `${loud ? `(${loud}) ` : ""}${document.title.replace(/^\(\d+\) /, "")}`;
}, 120);

export async function refreshAll() {
  const box = $("#messages");
  const stay = box && !atBottom(box) ? box.scrollTop : null;
  const address = location.href;
  const typed = $("#composer-text")?.value;
  const html = await piece(`main/${encodeURIComponent(here().channel)}`, { tab: here().tab ?? "" });
  if (html && address === location.href) {
    const focused = document.activeElement?.id;
    $("#main").innerHTML = html;
    if (typed && $("#composer-text")) $("#composer-text").value = typed;
    if (focused === "composer-text") $("#composer-text")?.focus();
    if (stay === null) toBottom($("#messages"));
    else $("#messages").scrollTop = stay;
    showHint();
  }
  const thread = $(".thread");
  if (thread) await openThread(thread.dataset.channel, thread.dataset.thread, { focus: false });
  refreshSide();
}

export async function openThread(channel, ts, { focus = true } = {}) {
  const html = await piece(`thread/${encodeURIComponent(channel)}`, { ts });
  if (!html) return;
  const typed = $(".thread")?.dataset.thread === ts ? $(".thread textarea")?.value : "";
  setPane(html);
  $("#open-inspector").setAttribute("aria-pressed", "false");
  toBottom($("#replies"));
  if (typed) $(".thread textarea").value = typed;
  if (focus) $(".thread textarea").focus({ preventScroll: true });
  const url = new URL(location.href);
  url.searchParams.set("thread_ts", ts);
  history.replaceState(null, "", url);
}

export function closePane({ keepAddress = false } = {}) {
  const thread = $(".thread")?.dataset.thread;
  setPane("");
  $("#open-inspector").setAttribute("aria-pressed", "false");
  if (keepAddress) return;
  const url = new URL(location.href);
  url.searchParams.delete("thread_ts");
  history.replaceState(null, "", url);
  const opener = thread && $(`#messages [data-ts="${thread}"]`);
  (opener || $("#composer-text"))?.focus({ preventScroll: true });
}

export function closeSide() {
  $("#side").classList.remove("open");
  $("#open-side").setAttribute("aria-expanded", "false");
}

$("#open-side").addEventListener("click", () => {
  const open = $("#side").classList.toggle("open");
  $("#open-side").setAttribute("aria-expanded", String(open));
  if (open) $(".side .me").focus();
});

// Shows or hides the pane without losing the end of the conversation from sight.
export function setPane(html) {
  const box = $("#messages");
  const follow = box && atBottom(box);
  pane.innerHTML = html;
  pane.hidden = !html;
  if (follow) toBottom(box);
}

document.addEventListener("click", (event) => {
  if (event.target.closest(".skip")) {
    event.preventDefault();
    ($("#composer-text") ?? $("#home") ?? $("#main")).focus();
  }
  const link = event.target.closest("a[data-nav]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(link.href);
  }
  if (event.target.closest("[data-close-pane]")) closePane();
  if ($("#side").classList.contains("open") && !event.target.closest("#side, #open-side")) closeSide();
});

document.addEventListener("click", async (event) => {
  const earlier = event.target.closest(".earlier");
  const join = event.target.closest("[data-join]");
  if (earlier) {
    const box = $("#messages");
    const from = box.scrollHeight - box.scrollTop;
    const html = await piece(`earlier/${encodeURIComponent(here().channel)}`, { before: earlier.dataset.before });
    earlier.insertAdjacentHTML("afterend", html);
    earlier.remove();
    box.scrollTop = box.scrollHeight - from;
    $(".message", box)?.focus({ preventScroll: true });
  }
  if (join && (await deed("join", { channel: join.dataset.join })).ok) go(location.href, { push: false });
});

addEventListener("popstate", () => go(location.href, { push: false }));
document.addEventListener("visibilitychange", () => document.hidden || markRead());

document.addEventListener("keydown", (event) => {
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    const rows = $$(".side a[data-nav]");
    const at = rows.findIndex((row) => row.getAttribute("aria-current"));
    const next = rows[(at + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % rows.length];
    event.preventDefault();
    if (next) go(next.href);
  }
  if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], :popover-open")) {
    if ($("#side").classList.contains("open")) return closeSide();
    if (!pane.hidden && pane.contains(document.activeElement)) closePane();
    else $("#composer-text")?.focus();
  }
});
