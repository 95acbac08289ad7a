/**
 * Starts the town and tells the launcher where it is: one line of JSON on standard output, then
 * silence. Stops on SIGTERM.
 *
 *   SERVER_URL  the platform      MOCK_SPEED   seconds each step takes
 *   CATALOGUE   its folder        MOCK_CLERK   off: people, not the robot, stand at the counter
 */
import { startTown } from './town'

const DEMO_STEP_SECONDS = 3
const LONGEST_STEP_SECONDS = 3600

async function main(): Promise<void> {
  const { SERVER_URL, CATALOGUE = 'catalogue', MOCK_SPEED, MOCK_CLERK } = process.env
  if (!SERVER_URL) throw new Error('SERVER_URL is missing')
  const stepSeconds = Number(MOCK_SPEED || DEMO_STEP_SECONDS)
  if (!(stepSeconds >= 0 && stepSeconds <= LONGEST_STEP_SECONDS)) {
    throw new Error(`MOCK_SPEED must be seconds from 0 to ${LONGEST_STEP_SECONDS}`)
  }
  const town = await startTown({
    serverUrl: SERVER_URL,
    catalogue: CATALOGUE,
    stepSeconds,
    today: new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }),
    secrets: process.env,
    clerk: MOCK_CLERK !== 'off',
  })
  const { close, people, ...where } = town
  const stop = () => void close().finally(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  const cast = people.map(({ identity: _told, certificates: _held, ...listed }) => listed)
  console.log(JSON.stringify({ ...where, people: cast }))
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
