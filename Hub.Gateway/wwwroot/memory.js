// What a browser remembers for us; where nothing may be kept, the page remembers for itself.
const own = new Map();

export function kept(key, store = "localStorage") {
  try { return own.get(key) ?? window[store].getItem(key); } catch { return null; }
}

export function keep(key, value, store = "localStorage") {
  try { window[store].setItem(key, value); } catch { own.set(key, value); }
}
