// What was entered into an element, as the sandbox takes it: values of choices, ids, dates, text.
import { $, $$ } from "./net.js";

export function valueOf(element) {
  const kind = element.dataset.act;
  if (element.matches(".combo")) {
    const chosen = $$(".chip", element).map((chip) => chip.dataset.value);
    return "many" in element.dataset ? chosen : chosen[0] ?? null;
  }
  if (kind === "checkboxes") return $$("input:checked", element).map((box) => box.value);
  if (kind === "radio_buttons") return $("input:checked", element)?.value ?? null;
  if (kind === "datetimepicker") return element.value ? epochOf(element.value, document.body.dataset.zone) : null;
  if (kind === "rich_text_input") return element.value ? richText(element.value) : null;
  return element.value || null;
}

// Returns what the inputs of a modal hold, by block id.
export function collected(form) {
  const fields = $$(".field [data-act]", form).filter((element) => !element.matches("[type=file]"));
  return Object.fromEntries(fields.map((element) => [element.dataset.block, valueOf(element)]));
}

// Returns the seconds since 1970 of a local time in a zone, on the days when clocks change too.
export function epochOf(local, zone) {
  const asUtc = Date.parse(`${local}Z`);
  const guess = asUtc - offsetAt(asUtc, zone);
  return Math.round((asUtc - offsetAt(guess, zone)) / 1000);
}

function offsetAt(moment, zone) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  }).formatToParts(new Date(moment));
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - moment;
}

const STYLES = { "*": "bold", _: "italic", "~": "strike", "`": "code" };
const SPAN = /(?<![\w*_~`])([*_~`])(?=\S)([^\n]+?)(?<=\S)\1(?![\w*_~`])/g;

// Returns typed text as a rich text block: bold, italic, struck and code words, and lists.
export function richText(text) {
  const elements = [];
  for (const line of text.split("\n")) {
    const item = /^\s*(?:[-*•]|(\d+)\.)\s+(.*)$/.exec(line);
    const last = elements.at(-1);
    const style = item && (item[1] ? "ordered" : "bullet");
    const section = { type: "rich_text_section", elements: spans(item ? item[2] : line) };
    if (item && last?.type === "rich_text_list" && last.style === style) last.elements.push(section);
    else if (item) elements.push({ type: "rich_text_list", style, elements: [section] });
    else if (last?.type === "rich_text_section") last.elements.push({ type: "text", text: "\n" }, ...section.elements);
    else elements.push(section);
  }
  return { type: "rich_text", elements };
}

function spans(line) {
  const found = [];
  let end = 0;
  for (const match of line.matchAll(SPAN)) {
    if (match.index > end) found.push({ type: "text", text: line.slice(end, match.index) });
    found.push({ type: "text", text: match[2], style: { [STYLES[match[1]]]: true } });
    end = match.index + match[0].length;
  }
  if (end < line.length || !found.length) found.push({ type: "text", text: line.slice(end) || " " });
  return found;
}
