// W1 and W2 as one would write them in a flow editor's function node: an object per point in the context store.
// node leak.js FILE VACANT-EVERY: triplets of doubles (point, milliseconds, m3); prints readings, alarms, seconds.
'use strict';
const fs = require('fs');

const HOUR = 3600000;
const store = {};
const context = { get: key => store[key], set: (key, value) => { store[key] = value; } };

function leak(msg) {
  const key = 'water/' + msg.topic;
  const vacant = Number(msg.topic) % vacantEvery === 0;
  const state = context.get(key) || { at: msg.time, value: msg.payload, hourFrom: 0, volume: 0, from: msg.time, run: 0, flow: 0 };
  const delta = msg.payload - state.value;
  const alarms = [];
  if (vacant && delta > 0) {
    if (msg.time - state.hourFrom > HOUR) {
      state.hourFrom = state.at;
      state.volume = 0;
    }
    state.volume += delta;
    if (state.volume >= 0.003 && !state.used) {
      state.used = true;
      alarms.push({ payload: 'water used', topic: msg.topic });
    }
  }
  state.flow += delta;
  if (msg.time - state.from >= HOUR) {
    state.run = state.flow + 0.001 < 0.0038 ? 0 : state.run + 1;
    state.from = msg.time;
    state.flow = 0;
    if (state.run === (vacant ? 2 : 24)) {
      alarms.push({ payload: 'water never stops', topic: msg.topic });
    }
  }
  state.at = msg.time;
  state.value = msg.payload;
  context.set(key, state);
  return alarms.length > 0 ? [alarms] : null;
}

const vacantEvery = Number(process.argv[3]);
const bytes = fs.readFileSync(process.argv[2]);
const values = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
let alarms = 0;
const from = process.cpuUsage();
for (let i = 0; i < values.length; i += 3) {
  const out = leak({ topic: String(values[i]), time: values[i + 1], payload: values[i + 2] });
  alarms += out ? out[0].length : 0;
}
const used = process.cpuUsage(from);
console.log(JSON.stringify({ readings: values.length / 3, alarms, seconds: (used.user + used.system) / 1e6 }));
