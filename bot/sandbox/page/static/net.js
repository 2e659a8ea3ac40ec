// Talking to the server: pieces of the page, and deeds of the person who uses it.
export const me = document.body.dataset.me;
export const app = document.body.dataset.app;
export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

const WORDS = {
  operation_timeout: "failed because the app did not answer within 3 seconds. Is it running?",
  dispatch_failed: "failed because nothing is listening. Is the app running?",
  not_connected: "The app is not connected. Is it running?",
  timeout: "The app did not answer within 3 seconds. Is it running?",
  http_timeout: "The app did not answer within 3 seconds. Is it running?",
  http_error: "The app answered with an error. The inspector shows it.",
  msg_too_long: "That is too long for one message.",
  not_in_channel: "You are not in this channel.",
  is_archived: "This channel is archived.",
  no_such_action: "That button is no longer there: the message has changed.",
};

export async function piece(path, params = {}) {
  const query = new URLSearchParams(params).toString();
  try {
    const answer = await fetch(`/page/${encodeURIComponent(me)}/${path}${query ? `?${query}` : ""}`);
    return answer.ok ? await answer.text() : "";
  } catch {
    return "";
  }
}

export async function read(path, params = {}) {
  const answer = await fetch(`/sandbox/people/${encodeURIComponent(me)}/${path}?${new URLSearchParams(params)}`);
  return answer.json();
}

export async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const result = await answer.json();
    return answer.ok ? result : { ok: false, ...result };
  } catch {
    return { ok: false, error: "unreachable" };
  }
}

// Does something as this person; says so where it was refused. Returns what came of it.
export async function deed(name, body = {}, quiet = false) {
  const result = await post(`/sandbox/people/${encodeURIComponent(me)}/${name}`, body);
  if (!result.ok && !quiet) toast(reason(result), true);
  return result;
}

export function reason(result) {
  const name = result.shown || result.error || result.reason || "unknown";
  if (name === "unreachable") return "The sandbox does not answer. Was it stopped?";
  return WORDS[name] || `That was refused: ${String(name).replaceAll("_", " ")}`;
}

export function toast(words, bad = false) {
  const box = document.createElement("div");
  box.className = bad ? "toast bad" : "toast";
  box.textContent = words;
  $("#toasts").append(box);
  setTimeout(() => box.remove(), bad ? 7000 : 3500);
}

export function announce(words) {
  $("#live").textContent = words;
}

export function drawn(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content;
}

// Returns a function that waits for a quiet moment, and then runs once.
export function later(deed_, ms) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => deed_(...given), ms);
  };
}
