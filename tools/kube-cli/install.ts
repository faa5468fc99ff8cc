/** Command: `npx tsx tools/kube-cli/install.ts` unpacks kubectl and both helms and prints where they are. */
import { kubeCli } from './kube-cli.ts'

const cli = await kubeCli()
console.log(JSON.stringify(cli, undefined, 2))
process.exitCode = cli.available ? 0 : 1
