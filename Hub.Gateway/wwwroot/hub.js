// What a page does beyond its own HTML. Every page works without it; with it, pages live.
import { follow } from "./stream.js";
import { refresh, watch } from "./fragments.js";
import { tick } from "./clocks.js";
import { readout } from "./chart.js";
import { inbox } from "./inbox.js";
import { ring } from "./ring.js";

watch();
tick();
readout();
inbox();
ring();
follow(refresh);

// A menu closes when the focus or a click goes elsewhere, as menus do.
document.addEventListener("click", event => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});
