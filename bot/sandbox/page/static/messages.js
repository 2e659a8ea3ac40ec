// Puts messages in their place: new ones at their time, changed ones over the old.
import { $, $$, drawn } from "./net.js";
import { atBottom, here, toBottom } from "./places.js";

const TOGETHER = 300;
const MOST = 400;

function list(body, each) {
  if (each.where === "thread") {
    const thread = $(".thread");
    const same = thread && thread.dataset.channel === body.channel && thread.dataset.thread === each.thread;
    return same ? $("#replies .start") : null;
  }
  return here().channel === body.channel ? $("#messages .start") : null;
}

// Returns whether a fragment is now to be seen.
export function put(body, each) {
  const start = list(body, each);
  if (!start) return false;
  const box = start.parentElement;
  const follow = atBottom(box);
  const fresh = $(".message", drawn(each.html));
  const old = $(`.message[data-ts="${each.ts}"]`, start);
  if (old) replace(old, fresh);
  else if (!insert(start, fresh)) return false;
  regroup(fresh);
  if (follow) {
    toBottom(box);
    prune(start);
  }
  return true;
}

export function gone(body) {
  for (const old of $$(`.message[data-channel="${body.channel}"][data-ts="${body.ts}"]`)) {
    const next = following(old);
    old.remove();
    if (next) regroup(next);
  }
}

function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const tools = $(".tools", old);
  if ($(".edit-box", old)) return;
  for (const folded of $$("details", old)) {
    const twin = $$("details", fresh)[$$("details", old).indexOf(folded)];
    if (twin && folded.open) twin.open = true;
  }
  old.replaceWith(fresh);
  if (tools) $(".body", fresh).append(tools);
  if (!focused) return;
  const { action, block, tool, emoji } = focused.dataset;
  const twin = action
    ? $$(`[data-action]`, fresh).find((e) => e.dataset.action === action && e.dataset.block === block)
    : $$("[data-tool], [data-emoji]", fresh).find((e) => e.dataset.tool === tool && e.dataset.emoji === emoji);
  (twin ?? fresh).focus({ preventScroll: true });
}

// Inserts by time; what lies before the part that is shown stays away.
function insert(start, fresh) {
  const ts = fresh.dataset.ts;
  const after = $$(".message", start).findLast((each) => each.dataset.ts < ts);
  const first = $(".message", start);
  if (!after && first && $(".earlier", start)) return false;
  if (after) after.after(fresh);
  else if (first) first.before(fresh);
  else start.append(fresh);
  fresh.classList.add("fresh");
  return true;
}

function following(message) {
  let next = message.nextElementSibling;
  while (next && !next.classList.contains("message")) next = next.nextElementSibling;
  return next;
}

function previous(message) {
  let before = message.previousElementSibling;
  while (before && !before.classList.contains("message")) before = before.previousElementSibling;
  return before;
}

// Joins a message to the one before where the author is the same, and draws the line between days.
function regroup(message, onward = true) {
  const before = previous(message);
  const now = message.dataset;
  const then = before?.dataset;
  const same = then && then.user === now.user && then.day === now.day && !then.kind && !now.kind;
  const newLine = message.previousElementSibling?.classList.contains("new-line");
  message.classList.toggle("compact", Boolean(same && now.ts - then.ts < TOGETHER && !newLine));
  const separated = before && message.previousElementSibling !== before && $(`.day[data-day="${now.day}"]`, message.parentElement);
  if (!separated && (!then || then.day !== now.day)) message.before(day(now));
  const next = onward && following(message);
  if (next) regroup(next, false);
}

function day(now) {
  const line = document.createElement("div");
  line.className = "day";
  line.dataset.day = now.day;
  line.setAttribute("role", "separator");
  line.setAttribute("aria-label", now.dayName);
  line.append(Object.assign(document.createElement("span"), { textContent: now.dayName }));
  return line;
}

function prune(start) {
  const all = $$(".message", start);
  if (all.length <= MOST || start.closest(".thread")) return;
  const first = all[all.length - MOST / 2];
  while (start.firstElementChild !== first) start.firstElementChild.remove();
  first.before(day(first.dataset));
  const more = Object.assign(document.createElement("button"), { type: "button", textContent: "Show earlier messages" });
  more.className = "button earlier";
  more.dataset.before = first.dataset.ts;
  start.prepend(more);
}
