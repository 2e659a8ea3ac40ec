// The page's script: reads by fragments that the server draws, does by the sandbox's own /sandbox/ routes.
import "./acting.js";
import "./combos.js";
import "./composer.js";
import "./inspector.js";
import "./menus.js";
import "./tools.js";
import { startClock } from "./clock.js";
import { listen } from "./feed.js";
import { showModal } from "./modal.js";
import { arrive } from "./places.js";

startClock();
showModal();
arrive();
listen();
document.body.dataset.ready = "true";
