// One event stream per page: what has changed, what time it is, and whether we are connected at all.
import { setClock } from "./clocks.js";
import { rings } from "./ring.js";
import { say, span } from "./words.js";

const stamp = document.querySelector("[data-fresh]"), said = document.querySelector("[data-fresh-said]");
const silenceMax = 40_000; // The hub speaks at least every 15 s: after two missed words the line is taken for dead.
let source = null, heardAt = 0, isLive = false, lostAt = "", onChange = () => {}, retry = 0;

export function follow(change) {
  onChange = change;
  open();
  setInterval(paint, 1000);
  document.addEventListener("visibilitychange", attend);
  addEventListener("hub:turn", attend);
  addEventListener("pagehide", close);
  addEventListener("pageshow", event => { if (event.persisted && !source) open(); });
}

// A browser has six connections to one host for all its tabs: pages nobody looks at give theirs back, but for the one
// that rings.
const isAttended = () => !document.hidden || rings();

function attend() {
  if (!isAttended()) close();
  else if (!source) open();
}

function open() {
  clearTimeout(retry);
  source?.close();
  source = new EventSource("/api/v1/events");
  let isFirst = true;
  source.addEventListener("now", event => {
    const { now, speed } = JSON.parse(event.data);
    setClock(now, speed);
    // After a gap nobody knows what was missed: everything is fetched again.
    if (isFirst) onChange(null);
    isFirst = false;
    hear();
  });
  for (const topic of ["order", "device", "demo", "series", "unit", "roster"]) {
    source.addEventListener(topic, event => { hear(); onChange(JSON.parse(event.data)); });
  }
  source.onerror = () => { if (source?.readyState === EventSource.CLOSED) again(); };
}

function again() {
  close();
  retry = setTimeout(open, 5000);
}

function close() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

function hear() {
  heardAt = performance.now();
  lostAt = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", hour12: false });
  if (!isLive) turn(true);
  dispatchEvent(new Event("hub:heard"));
}

function turn(live) {
  isLive = live;
  document.body.classList.toggle("stale", !live);
  stamp?.classList.toggle("live", live);
  stamp?.classList.toggle("lost", !live);
  paint();
  if (said && !live) said.textContent = stamp.textContent;
}

function paint() {
  if (!heardAt || !isAttended()) return;
  const silence = performance.now() - heardAt;
  if (isLive && (silence > silenceMax || !navigator.onLine)) { turn(false); again(); return; }
  if (isLive && source?.readyState === EventSource.CONNECTING && silence > 3000) { turn(false); return; }
  const text = isLive
    ? say("fresh.live", silence < 2000 ? say("time.just") : say("time.ago", span(silence)))
    : say("fresh.lost", lostAt);
  const place = stamp?.querySelector("[data-fresh-text]");
  if (place && place.textContent !== text) place.textContent = text;
}
