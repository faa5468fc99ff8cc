/** Command: `npx tsx tests/e2e-kube/play.ts` runs a control plane until Ctrl-C and prints how to reach it. */
import { startControlPlane } from './harness/control-plane.ts'

const plane = await startControlPlane({
  controllerManager: process.argv.includes('--controllers'),
  scheduler: process.argv.includes('--scheduler'),
})
const facts = { url: plane.url, kubeconfig: await plane.kubeconfig(), folder: plane.folder }
process.stdout.write(`${JSON.stringify(facts)}\n`)
const end = () => void plane.stop().then(() => process.exit(0))
process.once('SIGINT', end)
process.once('SIGTERM', end)
setInterval(() => {}, 1 << 30)
