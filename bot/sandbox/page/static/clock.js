// The workspace's clock: it goes on by itself, and forward when asked.
import { $, post, toast } from "./net.js";

let read = performance.now();

export function startClock() {
  new MutationObserver(() => (read = performance.now())).observe($("#clock-box"), { childList: true });
  setInterval(tick, 1000);
}

export function now() {
  const clock = $(".clock");
  return Number(clock.dataset.epoch) + performance.now() - read;
}

function tick() {
  const clock = $(".clock");
  if (!clock) return;
  const at = new Date(now());
  const timeZone = clock.dataset.zone;
  const time = at.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  if ($(".clock-time").textContent === time) return;
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", day: "numeric", month: "short" }).formatToParts(at);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  $(".clock-time").textContent = time;
  $(".clock-day").textContent = `${part.weekday} ${part.day} ${part.month}`;
  if ($(".me-time")) $(".me-time").textContent = time;
}

async function forward(seconds, button) {
  button.disabled = true;
  const result = await post("/sandbox/clock", { seconds: Math.max(0, seconds) });
  button.disabled = false;
  $("#clock-menu")?.hidePopover();
  if (result.ok) toast("The clock was moved.");
  else toast("The clock could not be moved.", true);
}

document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-forward]");
  const stop = event.target.closest("[data-until]");
  if (step) forward(Number(step.dataset.forward), step);
  if (stop) forward(Number(stop.dataset.until) - now() / 1000 + 1, stop);
});
