// The message field: sending, slash commands, completion of people, channels and commands.
import { $, $$, deed, later, me, piece, toast } from "./net.js";
import { floating } from "./menus.js";
import { here, toBottom } from "./places.js";

const WANTED = /(?:^|\s)([@#])([\w.-]*)$|^(\/)(\w*)$/;
let numbers = 0;

const formOf = (target) => target.closest?.(".composer");

function fit(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
  $(".send", formOf(field)).disabled = !field.value.trim();
}

async function send(form) {
  const field = $("textarea", form);
  const text = field.value.trim();
  if (!text) return;
  close(form);
  field.value = "";
  fit(field);
  keepDraft(form, "");
  if (!(await sent(form, text)) && !field.value) {
    field.value = text;
    fit(field);
  }
}

async function sent(form, text) {
  const { channel, thread } = form.dataset;
  const command = /^(\/[\w-]+)(?:\s+([\s\S]*))?$/.exec(text);
  if (command && thread) {
    toast(`${command[1]} does not work in threads.`, true);
    return false;
  }
  if (command) return run(channel, command[1], command[2] ?? "");
  const broadcast = Boolean($("[name=broadcast]", form)?.checked);
  const result = await deed("say", { channel, text, ...(thread ? { thread_ts: thread, broadcast } : {}) });
  if (result.ok) toBottom(thread ? $("#replies") : $("#messages"));
  return result.ok;
}

async function run(channel, command, text) {
  const result = await deed("command", { channel, command, text }, true);
  if (result.ok) return true;
  const known = { unknown_command: `${command} is not a command here.`, not_in_channel: "You are not in this channel." };
  toast(known[result.error] ?? `${command} failed because the app did not answer (${result.shown ?? result.error}). Is it running?`, true);
  return false;
}

export async function sayHere(text) {
  const form = $(".main .composer");
  if (form) await sent(form, text);
}

function keepDraft(form, value) {
  if (form.dataset.thread) return;
  const key = `draft ${me} ${form.dataset.channel}`;
  if (value) sessionStorage.setItem(key, value);
  else sessionStorage.removeItem(key);
}

// Completion.
const offer = later(async (field) => {
  const form = formOf(field);
  const found = WANTED.exec(field.value.slice(0, field.selectionStart));
  if (!form || !found) return form && close(form);
  const kind = found[1] ?? found[3];
  const html = await piece("offers", { kind, q: found[2] ?? found[4] });
  const list = $(".offers", form);
  list.innerHTML = html;
  $$("[role=option]", list).forEach((option) => (option.id = `offer-${numbers++}`));
  list.dataset.kind = kind;
  list.hidden = !list.firstElementChild;
  list.id ||= `offers-${numbers++}`;
  field.setAttribute("aria-controls", list.id);
  pick(form, $("[role=option]", list));
}, 60);

function pick(form, option) {
  for (const each of $$("[aria-selected=true]", form)) each.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  const field = $("textarea", form);
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function close(form) {
  $(".offers", form).hidden = true;
  $("textarea", form).removeAttribute("aria-activedescendant");
}

function accept(form, option) {
  const field = $("textarea", form);
  const list = $(".offers", form);
  const before = field.value.slice(0, field.selectionStart);
  const start = before.lastIndexOf(list.dataset.kind);
  field.setRangeText(`${list.dataset.kind}${option.dataset.value} `, start, field.selectionStart, "end");
  close(form);
  fit(field);
  field.focus();
}

document.addEventListener("input", (event) => {
  if (!event.target.matches?.(".composer textarea")) return;
  fit(event.target);
  keepDraft(formOf(event.target), event.target.value);
  offer(event.target);
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.(".composer textarea") || event.isComposing) return;
  const form = formOf(event.target);
  const list = $(".offers", form);
  const options = list.hidden ? [] : $$("[role=option]", list);
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (options.length && step && plain) {
    event.preventDefault();
    pick(form, options[(at + step + options.length) % options.length]);
  } else if (options[at] && plain && (event.key === "Enter" || event.key === "Tab")) {
    event.preventDefault();
    const typedWhole = options[at].dataset.value === event.target.value.slice(1) && event.key === "Enter";
    if (typedWhole) send(form);
    else accept(form, options[at]);
  } else if (event.key === "Escape" && options.length) {
    event.preventDefault();
    close(form);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send(form);
  } else if (event.key === "ArrowUp" && !event.target.value && plain) {
    event.preventDefault();
    $$(".message", form.closest(".conversation, .thread")).at(-1)?.focus();
  }
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".composer")) return;
  event.preventDefault();
  send(event.target);
});

document.addEventListener("mousedown", (event) => {
  const option = event.target.closest(".offers [role=option]");
  if (!option) return;
  event.preventDefault();
  accept(formOf(option), option);
});

document.addEventListener("focusout", (event) => {
  if (event.target.matches?.(".composer textarea")) setTimeout(() => formOf(event.target) && close(formOf(event.target)), 120);
});

document.addEventListener("click", (event) => {
  const prompt = event.target.closest("[data-say]");
  if (prompt) sayHere(prompt.dataset.say);
  const button = event.target.closest("[data-composer]");
  if (!button) return;
  const form = formOf(button);
  if (button.dataset.composer === "@") return put(form, "@");
  floating(button, "#shortcuts", (item) => {
    if (item.dataset.shortcut) deed("shortcut", { callback_id: item.dataset.shortcut });
    else if (item.dataset.put === "upload") $("input[type=file]", form).click();
    else put(form, "/");
  });
});

function put(form, mark) {
  const field = $("textarea", form);
  const before = field.value.slice(0, field.selectionStart);
  const gap = mark === "/" || !before || /\s$/.test(before) ? "" : " ";
  if (mark === "/") field.value = "/";
  else field.setRangeText(gap + mark, field.selectionStart, field.selectionEnd, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("change", async (event) => {
  const picker = event.target.closest(".composer input[type=file]");
  const file = picker?.files[0];
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  const form = formOf(picker);
  const field = $("textarea", form);
  const { channel, thread } = form.dataset;
  const result = await deed("upload", { channel: channel ?? here().channel, name: file.name, text: field.value, content: btoa(binary), base64: true, thread_ts: thread ?? "" });
  if (result.ok) field.value = "";
  picker.value = "";
  fit(field);
});
