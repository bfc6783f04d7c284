// Regions that the server draws again: <… data-live="/address" data-topics="order device" data-only="key">.
import { paint } from "./clocks.js";
import { say } from "./words.js";

const apartMs = 400; // Changes come in bursts; a region is fetched at most this often.
const states = new Map();

export function watch() {
  for (const region of document.querySelectorAll("[data-live]")) {
    states.set(region, { busy: false, again: false, next: 0 });
    if (region.dataset.every) setInterval(() => { if (!document.hidden) fetchRegion(region); }, Number(region.dataset.every));
  }
  // What is typed belongs to the person: such a region is not drawn over.
  document.addEventListener("input", event => event.target.closest?.("[data-keep]")?.setAttribute("data-dirty", ""));
}

export function refresh(change) {
  for (const region of states.keys()) {
    const topics = region.dataset.topics.split(" ");
    if (change && !topics.includes(change.topic)) continue;
    if (change && change.topic === "order" && region.dataset.only && region.dataset.only !== change.key) continue;
    fetchRegion(region);
  }
}

async function fetchRegion(region) {
  const state = states.get(region);
  if (state.busy) { state.again = true; return; }
  state.busy = true;
  await new Promise(done => setTimeout(done, Math.max(0, state.next - performance.now())));
  state.next = performance.now() + apartMs;
  try {
    const answer = await fetch(region.dataset.live, { headers: { "X-Fragment": "1" }, redirect: "manual", cache: "no-store" });
    if (answer.ok) swap(region, await answer.text());
  } catch { /* Not connected: the stamp in the header says so, and the next word of the stream fetches again. */ }
  state.busy = false;
  if (state.again) { state.again = false; fetchRegion(region); }
}

export function swap(region, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  if (region.hasAttribute("data-keep")) {
    const before = region.querySelector("[data-steps]")?.dataset.steps;
    const after = fresh.content.querySelector("[data-steps]")?.dataset.steps;
    if (before !== undefined && before === after) return;
    if (region.hasAttribute("data-dirty")) { if (before !== after) toast(say("fresh.changed")); return; }
  }
  if (region.dataset.html === html) return;
  region.dataset.html = html;
  const focus = remember(region);
  const open = [...region.querySelectorAll("details[data-key], details.table-toggle")].map(one => one.open);
  const scrolls = [...region.querySelectorAll(".scroll")].map(one => one.scrollLeft);
  const known = new Set([...region.querySelectorAll("[data-key]")].map(one => one.dataset.key));
  region.replaceChildren(fresh.content);
  [...region.querySelectorAll("details[data-key], details.table-toggle")].forEach((one, i) => { if (i < open.length) one.open = open[i]; });
  [...region.querySelectorAll(".scroll")].forEach((one, i) => { one.scrollLeft = scrolls[i] ?? 0; });
  focus(region);
  paint();
  const added = [...region.querySelectorAll("[data-key]")].filter(one => !known.has(one.dataset.key));
  region.dispatchEvent(new CustomEvent("hub:swapped", { bubbles: true, detail: { added } }));
}

// The focus stays where it was, on the same card and the same control, although every node is new.
function remember(region) {
  const active = document.activeElement;
  if (!region.contains(active)) return () => {};
  const key = active.closest("[data-key]")?.dataset.key, name = active.dataset.focus, href = active.getAttribute("href");
  return root => {
    const scope = key ? root.querySelector(`[data-key="${CSS.escape(key)}"]`) : root;
    const target = (name && scope?.querySelector(`[data-focus="${CSS.escape(name)}"]`))
      || (href && scope?.querySelector(`[href="${CSS.escape(href)}"]`)) || scope?.querySelector("a, button");
    target?.focus({ preventScroll: true });
  };
}

export function toast(text) {
  const place = document.querySelector("[data-toast]");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { place.hidden = true; }, 8000);
}
