// What one can do with a message: react, reply, edit, delete, the app's shortcuts.
import { $, $$, deed, read, toast } from "./net.js";
import { asked } from "./confirm.js";
import { closeMenus, floating } from "./menus.js";
import { openThread } from "./places.js";

const tools = $(".tools", $("#tools").content.cloneNode(true));
let handles = null;

function carry(event) {
  const message = event.target.closest?.(".message");
  if (!message || message.matches(".tombstone")) return;
  if (tools.parentElement !== message.querySelector(".body")) {
    if ($(".menu.floating") && event.type === "mouseover") return;
    message.querySelector(".body").append(tools);
  }
}
document.addEventListener("mouseover", carry);
document.addEventListener("focusin", carry);

document.addEventListener("click", (event) => {
  const message = event.target.closest(".message");
  if (!message) return;
  const tool = event.target.closest("[data-tool]")?.dataset.tool;
  const { channel, ts, thread } = message.dataset;
  const emoji = event.target.closest(".reaction");
  if (emoji) deed("react", { channel, ts, name: emoji.dataset.emoji, remove: emoji.getAttribute("aria-pressed") === "true" });
  if (tool === "reply") openThread(channel, thread);
  if (tool === "dismiss") deed("delete", { channel, ts });
  if (tool === "react") react(message, event.target.closest("button"));
  if (tool === "more") more(message, event.target.closest("button"));
});

function react(message, button) {
  const { channel, ts } = message.dataset;
  floating(button, "#reacts", (item) => deed("react", { channel, ts, name: item.dataset.emoji }));
}

function more(message, button) {
  const { channel, ts } = message.dataset;
  const mine = message.matches(".mine");
  floating(button, "#more", (item) => {
    if (item.dataset.shortcut) deed("shortcut", { callback_id: item.dataset.shortcut, channel, ts });
    if (item.dataset.tool === "edit") edit(message);
    if (item.dataset.tool === "delete") remove(message);
    if (item.dataset.tool === "copy") copy(message);
  }, (menu) => {
    if (!mine) $$("[data-tool=edit], [data-tool=delete]", menu).forEach((item) => item.remove());
    if (message.matches(".ephemeral")) $$("[data-shortcut]", menu).forEach((item) => item.remove());
  });
}

async function copy(message) {
  await navigator.clipboard?.writeText($(".content", message).innerText);
  toast("Copied.");
}

async function remove(message) {
  const { channel, ts } = message.dataset;
  if (await asked("Delete this message?", "It goes for everybody, and cannot be brought back.", "Delete")) {
    deed("delete", { channel, ts });
  }
}

// Returns what was said as one would type it: `@ana` for `<@U0ANA>`.
async function typed(message) {
  const { channel, ts } = message.dataset;
  const { message: shape } = await read("message", { channel, ts });
  handles ??= Object.fromEntries((await (await fetch("/sandbox")).json()).users.map((user) => [user.id, user.name]));
  return shape.text
    .replace(/<@(\w+)>/g, (whole, id) => (handles[id] ? `@${handles[id]}` : whole))
    .replace(/<#\w+\|([^>]+)>/g, "#$1")
    .replace(/<(https?:[^>|]+)(?:\|[^>]*)?>/g, "$1")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

async function edit(message) {
  const { channel, ts } = message.dataset;
  const box = document.createElement("form");
  box.className = "edit-box";
  const field = Object.assign(document.createElement("textarea"), { className: "input", value: await typed(message), rows: 2 });
  field.setAttribute("aria-label", "Edit the message");
  const row = document.createElement("div");
  row.append(
    Object.assign(document.createElement("button"), { className: "button primary", textContent: "Save" }),
    Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: "Cancel" }),
  );
  box.append(field, row);
  const content = $(".content", message);
  content.hidden = true;
  content.after(box);
  field.focus();
  const end = () => {
    box.remove();
    content.hidden = false;
    message.focus();
  };
  const save = async () => {
    end();
    await deed("edit", { channel, ts, text: field.value });
  };
  row.lastChild.addEventListener("click", end);
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      end();
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  });
}

const KEYS = { r: "reply", m: "more", "+": "react" };

document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.(".messages");
  if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
  const message = event.target.closest(".message");
  const onMessage = event.target === message;
  if (event.target !== box && !onMessage) return;
  const all = $$(".message", box);
  const step = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[event.key];
  if (step) {
    event.preventDefault();
    const at = message ? all.indexOf(message) : all.length;
    const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
    if (step > 0 && at === all.length - 1) $("textarea", box.parentElement)?.focus();
    else next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  } else if (onMessage && KEYS[event.key]) {
    event.preventDefault();
    $(`.tools [data-tool=${KEYS[event.key]}]`, message)?.click();
  } else if (onMessage && event.key === "e" && message.matches(".mine")) {
    event.preventDefault();
    edit(message);
  }
});

addEventListener("resize", () => closeMenus());
