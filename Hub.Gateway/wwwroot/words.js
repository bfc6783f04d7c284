// The page's own words: the server wrote them into the body in its language.
const words = JSON.parse(document.body.dataset.words ?? "{}");

export function say(key, ...values) {
  return values.reduce((text, value, index) => text.replaceAll(`{${index}}`, value), words[key] ?? key);
}

export function span(ms) {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return say("time.seconds", seconds);
  if (seconds < 3600) return say("time.minutes", Math.floor(seconds / 60));
  if (seconds < 172800) return say("time.hours", Math.floor(seconds / 3600));
  return say("time.days", Math.floor(seconds / 86400));
}

// Digits of a running clock, exactly as the server writes them.
export function digits(ms) {
  const whole = Math.max(0, Math.floor(ms / 1000));
  const days = Math.floor(whole / 86400), hours = Math.floor(whole % 86400 / 3600);
  const minutes = Math.floor(whole % 3600 / 60), seconds = String(whole % 60).padStart(2, "0");
  const clock = whole >= 3600 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
  return days > 0 ? `${say("time.days", days)} ${clock}` : clock;
}
