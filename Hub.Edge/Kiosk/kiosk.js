// Keeps the page live. Without it the page still calls the butler: forms post, and the page reloads itself.
const { live, home } = document.body.dataset;
const parts = ["top", "message", "controls", "bottom"];
const idleSeconds = 60; // After so long at home the next visitor finds the building's own language.
const silenceSeconds = 25; // The edge sends a beat every 10 s.

let lastHeard = performance.now();
let lastTouched = performance.now();
let source;

function show(pieces) {
  const focused = document.activeElement?.id;
  document.body.dataset.face = pieces.face;
  for (const part of parts) {
    const place = document.getElementById(part);
    // Unchanged parts are left alone, or a screen reader would read them again and a finger would miss its button.
    if (place.dataset.shown !== pieces[part]) {
      place.innerHTML = pieces[part];
      place.dataset.shown = pieces[part];
    }
  }
  if (focused) document.getElementById(focused)?.focus();
}

function heard() {
  lastHeard = performance.now();
  document.getElementById("notlive").hidden = true;
}

function listen() {
  source?.close();
  source = new EventSource(live);
  source.addEventListener("screen", (event) => { heard(); show(JSON.parse(event.data)); });
  source.addEventListener("beat", heard);
  source.addEventListener("reload", () => location.reload());
}

async function isThere() {
  try {
    return (await fetch("/kiosk/alive", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const body = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(form.action, { method: "post", body, headers: { accept: "text/event-stream" } });
    if (!answer.ok) throw new Error(answer.statusText);
    heard();
  } catch {
    document.getElementById("notlive").hidden = false;
  }
});

// Only a page that is drawn says that it is shown: a frame comes, then the word goes.
function tellShown() {
  requestAnimationFrame(() => fetch("/kiosk/beat", { method: "POST" }).catch(() => {}));
}

document.addEventListener("pointerdown", () => { lastTouched = performance.now(); });
document.addEventListener("keydown", () => { lastTouched = performance.now(); });
document.addEventListener("contextmenu", (event) => event.preventDefault());

setInterval(async () => {
  const now = performance.now();
  if (now - lastHeard > silenceSeconds * 1000) {
    document.getElementById("notlive").hidden = false;
    // Reload only when somebody answers: an error page of the browser's would be the end of the kiosk.
    if (await isThere()) location.reload();
    return;
  }
  const isAway = document.body.dataset.face === "Home" && location.search !== "";
  if (isAway && now - lastTouched > idleSeconds * 1000) location.replace(home);
}, 5000);

setInterval(tellShown, 10000);
tellShown();
listen();
