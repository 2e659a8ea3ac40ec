// What the app says it is doing, until it answers or two minutes have passed.
import { $, announce } from "./net.js";
import { atBottom, here, toBottom } from "./places.js";

const LIFE = 120_000;
const TURN = 3_000;
const timers = new Map();

export function takeStatus({ channel, thread, words, waiting }) {
  const key = `${channel}/${thread}`;
  (timers.get(key) ?? []).forEach(clearInterval);
  timers.delete(key);
  show(channel, thread, words);
  if (!words) return;
  announce(words);
  const running = [setTimeout(() => show(channel, thread, ""), LIFE)];
  if (waiting.length) {
    let at = 0;
    running.push(setInterval(() => show(channel, thread, waiting[at++ % waiting.length]), TURN));
  }
  timers.set(key, running);
}

function show(channel, thread, words) {
  const open = $(".thread");
  if (open?.dataset.channel === channel && open.dataset.thread === thread) fill($(".thread-status"), words);
  if (here().channel !== channel) return;
  const box = $("#messages");
  const follow = atBottom(box);
  const root = $(`#messages .message[data-ts="${thread}"] .body`);
  if (!root) return;
  $(":scope > .status", root)?.remove();
  if (words) {
    const line = lineOf(words);
    const replies = $(":scope > .replies", root);
    if (replies) replies.before(line);
    else root.append(line);
  }
  if (follow) toBottom(box);
}

function fill(box, words) {
  box.replaceChildren(...(words ? [lineOf(words)] : []));
}

function lineOf(words) {
  const line = document.createElement("p");
  line.className = "status";
  const dots = Object.assign(document.createElement("span"), { className: "dots" });
  dots.setAttribute("aria-hidden", "true");
  dots.append(...[0, 1, 2].map(() => document.createElement("i")));
  line.append(dots, Object.assign(document.createElement("span"), { textContent: words }));
  return line;
}
