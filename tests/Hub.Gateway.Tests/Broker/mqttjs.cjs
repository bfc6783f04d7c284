// One conversation of MQTT.js with the hub, in the version that is asked for; the test restarts the hub in its midst.
// Arguments: folder of packages, port, protocol version (4 is 3.1.1). Says "restart", waits for a line, and at last
// says as JSON what everybody got.
'use strict'
const [, , packages, port, version] = process.argv
const mqtt = require(`${packages}/mqtt`)
const five = version === '5'
const got = { lasting: [], patient: [], newcomer: [] }

function connect (clientId, options) {
  const lasting = { clean: false, ...(five && { properties: { sessionExpiryInterval: 600 } }) }
  const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, {
    clientId, protocolVersion: Number(version), reconnectPeriod: 0, ...lasting, ...options
  })
  client.on('message', (topic, payload, packet) => {
    got[clientId].push(`${topic} ${payload} qos=${packet.qos}${packet.retain ? ' retained' : ''}`)
  })
  client.on('error', error => { if (client.options.reconnectPeriod === 0) { throw error } })
  return client
}

const once = (client, event) => new Promise(resolve => client.once(event, resolve))

async function until (holds) {
  while (!holds()) { await new Promise(resolve => setTimeout(resolve, 10)) }
}

async function main () {
  const will = { topic: 'lost/lasting', payload: 'gone', qos: 2, retain: true }
  const dying = connect('lasting', { will })
  // This one is never told of the restart: it finds the hub again by itself, as a home's automation does.
  const patient = connect('patient', { reconnectPeriod: 100 })
  await Promise.all([once(dying, 'connect'), once(patient, 'connect')])
  await Promise.all([dying.subscribeAsync('news/#', { qos: 2 }), patient.subscribeAsync('lost/#', { qos: 2 })])
  await patient.publishAsync('hub/1/load-1/readings', '[{"n":"water.volume","u":"m3","v":3.5}]', { qos: 2 })
  await patient.publishAsync('news/1', 'live', { qos: 2 })
  await until(() => got.lasting.length === 1)

  dying.stream.destroy()
  await until(() => got.patient.length === 1)
  await patient.publishAsync('news/2', 'while away', { qos: 2 })
  await patient.publishAsync('kept', 'for whoever comes', { qos: 2, retain: true })

  const away = once(patient, 'close')
  console.log('restart')
  await once(process.stdin, 'data')
  await away
  await patient.publishAsync('news/3', 'said before the hub was back', { qos: 2 })

  const back = connect('lasting')
  got.present = (await once(back, 'connect')).sessionPresent
  await until(() => got.lasting.length === 3)
  const newcomer = connect('newcomer', { clean: true })
  await newcomer.subscribeAsync(['lost/#', 'kept'], { qos: 2 })
  await until(() => got.newcomer.length === 2)
  await Promise.all([patient, back, newcomer].map(client => client.endAsync()))
  console.log(JSON.stringify(got))
  process.exit(0)
}

// What never comes fails the test and doesn't hang it.
setTimeout(() => { throw new Error(`still waiting: ${JSON.stringify(got)}`) }, 30000)
main()
