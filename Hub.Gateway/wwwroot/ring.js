// What calls the staff is heard on every page, from one tab at a time, until somebody accepts.
import { keep, kept } from "./memory.js";
import { say } from "./words.js";

const repeatMs = 20_000, leaseMs = 70_000; // A hidden page's timers come once a minute: a lease outlasts that.
const region = document.querySelector("[data-ring]"), button = document.querySelector("[data-sound]");
const me = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
let audio = null, release = null, asking = null, isMine = false;

/** Whether this is the tab that rings: it goes on listening even if nobody looks at it. */
export const rings = () => isMine;

export function ring() {
  if (!region) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    // The click that lets a silent page speak switches nothing off.
    const isOn = !isWanted() || audio?.state !== "running";
    keep("hub.sound", isOn ? "on" : "off");
    if (isOn) { wake(); play(false); }
    settle();
  });
  // A browser lets a page speak after its first click or key, wherever that goes.
  for (const kind of ["click", "keydown"]) {
    document.addEventListener(kind, event => { if (isWanted() && !button.contains(event.target)) wake(); });
  }
  region.addEventListener("hub:swapped", () => { tell(); sound(); });
  addEventListener("storage", settle);
  addEventListener("hub:heard", beat);
  addEventListener("pagehide", () => { audio?.suspend(); yieldTurn(); });
  addEventListener("pageshow", event => { if (event.persisted && isWanted()) wake(); });
  setInterval(beat, 1000);
  if (isWanted()) wake();
  settle();
}

function beat() {
  settle();
  sound();
}

const isWanted = () => kept("hub.sound") !== "off";

function wake() {
  audio ??= new AudioContext();
  audio.onstatechange ??= settle;
  if (audio.state !== "running") audio.resume().catch(() => {});
}

// Only a tab that can be heard stands for the one that rings.
function settle() {
  const isHeard = isWanted() && audio?.state === "running";
  const word = say(isHeard ? "sound.on" : isWanted() ? "sound.blocked" : "sound.off");
  if (button.title !== word) {
    button.title = button.querySelector("span").textContent = word;
    button.classList.toggle("mute", !isHeard);
  }
  if (!isHeard) yieldTurn();
  else if (navigator.locks) stand();
  else take(lease());
}

async function stand() {
  if (asking) return;
  asking = new AbortController();
  try {
    await navigator.locks.request("hub.ring", { signal: asking.signal }, () => new Promise(done => { release = done; take(true); }));
  } catch { /* Called off before its turn came. */ }
  asking = release = null;
}

// Without locks (plain http over a network): a promise that runs out by itself. Where nothing is kept, every tab rings.
function lease() {
  const [owner, until] = (kept("hub.turn") ?? "").split(" "), left = Number(until) - Date.now();
  if (left > (owner === me ? leaseMs / 2 : 0)) return owner === me;
  keep("hub.turn", `${me} ${Date.now() + leaseMs}`);
  return true;
}

function yieldTurn() {
  if (release) release();
  else asking?.abort();
  if (isMine && !navigator.locks) keep("hub.turn", "");
  take(false);
}

function take(turn) {
  if (isMine === turn) return;
  isMine = turn;
  dispatchEvent(new Event("hub:turn"));
  if (turn) sound();
}

const calls = () => [...region.querySelectorAll("[data-call]")];

// Two memories: of this browser, what has rung and when; of this tab, what it has read out.
// New calls at once, and whatever nobody has accepted again and again, across pages and tabs.
function sound() {
  if (!isMine) return;
  const { at = 0, ids = [] } = JSON.parse(kept("hub.rang") ?? "{}");
  const all = calls(), fresh = all.filter(one => !ids.includes(one.dataset.call)), wait = Date.now() - at;
  const isDue = fresh.length > 0 || all.length > 0 && (wait >= repeatMs || wait < 0);
  if (!isDue) return;
  keep("hub.rang", JSON.stringify({ at: Date.now(), ids: all.map(one => one.dataset.call) }));
  play(all.some(one => one.hasAttribute("data-urgent")));
}

function tell() {
  const told = (kept("hub.told", "sessionStorage") ?? "").split(" "), all = calls();
  const fresh = all.filter(one => !told.includes(one.dataset.call));
  keep("hub.told", all.map(one => one.dataset.call).join(" "), "sessionStorage");
  if (fresh.length === 0) return;
  const said = document.querySelector("[data-ring-said]");
  said.setAttribute("aria-live", fresh.some(one => one.hasAttribute("data-urgent")) ? "assertive" : "polite");
  said.replaceChildren(fresh.map(one => one.dataset.said).join(" "));
}

// Notes made here: no file to fetch, nothing to license. Two soft ones for a call; a high pair, three times, if it is urgent.
function play(isUrgent) {
  const notes = isUrgent
    ? [0, 0.5, 1].flatMap(after => [[1046.5, after], [784, after + 0.16]])
    : [[659.3, 0], [880, 0.16]];
  for (const [pitch, after] of notes) {
    const note = audio.createOscillator(), volume = audio.createGain(), at = audio.currentTime + after;
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(isUrgent ? 0.3 : 0.18, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
    note.connect(volume).connect(audio.destination);
    note.start(at);
    note.stop(at + 0.65);
  }
}
