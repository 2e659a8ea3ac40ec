// What happens, as it happens: server-sent events whose fragments are put in place.
import { $, announce, later, me, piece, toast } from "./net.js";
import { moreLines } from "./inspector.js";
import { gone, put } from "./messages.js";
import { takeModal } from "./modal.js";
import { here, markRead, refreshAll, refreshSide } from "./places.js";
import { takeStatus } from "./status.js";

const soonAll = later(refreshAll, 150);

const HANDLERS = {
  message: (body) => {
    const shown = body.pieces.map((each) => put(body, each)).some(Boolean);
    const fresh = body.kind.endsWith(".posted");
    if (shown && !body.mine && (fresh || (!body.streaming && body.kind === "message.changed"))) announce(body.said);
    if (fresh && shown && body.channel === here().channel) markRead();
    if (fresh) refreshSide();
  },
  "message.gone": (body) => {
    gone(body);
    body.pieces.forEach((each) => put(body, each));
  },
  status: takeStatus,
  modal: takeModal,
  home: (body) => {
    if ($("#home")) $("#home").innerHTML = body.html;
  },
  "journal.added": later(moreLines, 120),
  "clock.moved": async () => {
    $("#clock-box").innerHTML = await piece("clock");
    soonAll();
  },
  "lists.changed": (body) => {
    refreshSide();
    if (body.channel === here().channel && !body.kind.startsWith("user.")) soonAll();
  },
  reload: soonAll,
};

export function listen() {
  const source = new EventSource(`/page/${encodeURIComponent(me)}/feed?after=${document.body.dataset.feed}`);
  let lost = 0;
  source.onopen = () => {
    document.body.dataset.live = "true";
    if (lost) refreshAll();
    lost = 0;
  };
  source.onerror = () => {
    document.body.dataset.live = "false";
    lost += 1;
    if (lost === 3) toast("The sandbox does not answer. This page goes on as soon as it is back.", true);
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1500);
  };
  for (const [name, handle] of Object.entries(HANDLERS)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
  addEventListener("pagehide", () => source.close());
}
