/** Runs kubectl or helm as a user of a control plane under test. */
import { execFile } from 'node:child_process'
import type { ControlPlane } from './control-plane.ts'

export interface ToolRun {
  /** Exit code. */
  code: number
  stdout: string
  stderr: string
}

/**
 * Runs the program with its home in the test's own folder, so that it sees no configuration of the machine and leaves
 * nothing on it. `input` goes to its standard input; `user` is whose kubeconfig it gets.
 */
export async function runKubeTool(
  plane: ControlPlane,
  file: string,
  args: readonly string[],
  { user = 'admin', input = '' }: { user?: string; input?: string } = {},
): Promise<ToolRun> {
  const env = { PATH: process.env.PATH, HOME: plane.folder, KUBECONFIG: await plane.kubeconfig(user) }
  return await new Promise((resolve, reject) => {
    const child = execFile(file, args, { env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error)
      else resolve({ code: Number(error?.code ?? 0), stdout, stderr })
    })
    child.stdin?.end(input)
  })
}
