/**
 * Generated pods, judged by the real Pod Security admission and by our rules: not one verdict or word may differ.
 *
 * Few pods by default; PLIMSOLL_DIFFERENTIAL=full for all of them, with a second, newer server. Every pod is asked about
 * at both levels and at a few versions, so that over all pods each version is asked equally often.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ControlPlane, startControlPlane } from './harness/control-plane.ts'
import { CONTROLLER_KINDS, controllerOf, offerController } from './harness/controllers.ts'
import { createLedger, denialText, type Ledger, type Verdict } from './harness/ledger.ts'
import { createNamespace } from './harness/namespaces.ts'
import {
  type AdmissionAnswer,
  createPolicyNamespaces,
  enforce,
  offerEphemeralContainers,
  offerPod,
  PERMISSIVE,
  type Policy,
  policyName,
  policyNamespace,
} from './harness/pod-security.ts'
import { forEachIndex } from './harness/pool.ts'
import { FULL, SERVERS } from './harness/scope.ts'
import { describeWithKubernetes } from './harness/suite.ts'
import { ourVerdicts } from './our-verdict.ts'
import { generatePod } from './pod-generator/pod.ts'

const SEED = Number(process.env.PLIMSOLL_SEED ?? 1)
const SIZE = FULL
  ? { pods: 20_000, versions: 5, ephemeral: 2_100, controllers: 4_000 }
  : { pods: 1_500, versions: 3, ephemeral: 105, controllers: 400 }

/** What each check says when it denies, by which to see that each has been asked with effect. */
const REASONS = [
  'allowPrivilegeEscalation != false',
  'forbidden AppArmor profile',
  'forbidden sysctls',
  'host namespaces',
  'hostPath volumes',
  'hostPort',
  'hostProcess',
  'non-default capabilities',
  'privileged (',
  'probe or lifecycle host',
  'procMount',
  'restricted volume types',
  'runAsNonRoot != true',
  'runAsUser=0',
  'seLinuxOptions',
  'seccompProfile',
  'unrestricted capabilities',
]

for (const { kubernetes, newest } of SERVERS) {
  const policies = Array.from({ length: newest + 1 }, (_, minor) => minor).flatMap((minor): Policy[] => [
    { level: 'baseline', minor },
    { level: 'restricted', minor },
  ])
  // Without the gate the server drops image volumes, and would judge another pod than it was given.
  const options = {
    kubernetes,
    auditRules: [{ level: 'None' as const }],
    featureGates: { ImageVolume: true },
  }

  /** Both levels at `count` versions, which wander with the index over all there are. */
  const policiesFor = (index: number, count: number): Policy[] =>
    Array.from({ length: count }, (_, k) => {
      const minor = (index + Math.floor((k * (newest + 1)) / count)) % (newest + 1)
      return policies.filter(policy => policy.minor === minor)
    }).flat()

  await describeWithKubernetes(`Pod Security of Kubernetes ${kubernetes}`, options, () => {
    let plane: ControlPlane
    beforeAll(async () => {
      plane = await startControlPlane(options)
      await createPolicyNamespaces(plane, policies)
    })
    afterAll(async () => {
      await plane?.stop()
    })

    test('pods, as they are sent and as they are stored', async () => {
      const sent = createLedger()
      const stored = createLedger()
      await forEachIndex(SIZE.pods, 16, async index => {
        const { pod } = generatePod(SEED, index)
        const valid = await offerPod(plane, PERMISSIVE, pod)
        if (valid.outcome !== 'allowed') {
          for (const ledger of [sent, stored]) ledger.refuse(messageOf(valid))
          return
        }
        const name = `pod ${index} of seed ${SEED}`
        const [ofStored, ofSent] = [ourVerdicts(valid.stored), ourVerdicts(pod)]
        for (const policy of policiesFor(index, SIZE.versions)) {
          const said = denialIn(await offerPod(plane, policyNamespace(policy), pod), policy)
          const asStored = ofStored(policy)
          stored.compare(name, valid.stored, policy, said, asStored)
          sent.compare(name, pod, policy, denialText(butFilledIn(asStored)), butFilledIn(ofSent(policy)))
        }
      })
      tell(`pods as stored by ${kubernetes}`, stored)
      tell(`pods as sent to ${kubernetes}`, sent)
      expect(stored.report()).toBe('')
      expect(sent.report()).toBe('')
      expectWorthwhile(stored, SIZE.pods)
    })

    test('pods that get ephemeral containers', async () => {
      const ledger = createLedger()
      const namespace = 'ephemeral'
      await createNamespace(plane, namespace)
      const cases = await createdWithEphemeral(plane, namespace, SIZE.ephemeral, ledger)
      for (const policy of policies) {
        await enforce(plane, namespace, policy)
        const asked = cases.filter(each => each.index % 7 === policy.minor % 7)
        await forEachIndex(asked.length, 16, async at => {
          const { index, name, containers, stored } = asked[at] as (typeof asked)[number]
          const said = denialIn(await offerEphemeralContainers(plane, namespace, name, containers), policy)
          ledger.compare(`pod ${index}`, stored, policy, said, ourVerdicts(stored)(policy))
        })
      }
      tell(`ephemeral containers on ${kubernetes}`, ledger)
      expect(ledger.report()).toBe('')
      expect(ledger.spread()).toMatchObject({ policies: policies.length })
    })

    test('controllers of pods, by what the server warns of', async () => {
      const ledger = createLedger()
      await forEachIndex(SIZE.controllers, 16, async index => {
        const kind = CONTROLLER_KINDS[index % CONTROLLER_KINDS.length] as (typeof CONTROLLER_KINDS)[number]
        const controller = controllerOf(kind, generatePod(SEED + 1, index).pod)
        const verdict = ourVerdicts(controller)
        for (const policy of policiesFor(index >> 3, 3)) {
          const answer = await offerController(plane, policyNamespace(policy), controller)
          if (answer.outcome === 'refused') return ledger.refuse(answer.message)
          const { warning } = answer
          if (warning !== undefined) expect(warning.policy).toBe(policyName(policy))
          const ours = verdict(policy)
          // A warning with control characters is not sent at all.
          if (/\p{Cc}/u.test(denialText(ours) ?? '')) continue
          const cutOff = warning?.cut && denialText(ours)?.startsWith(warning.denial)
          const said = cutOff ? denialText(ours) : warning?.denial
          ledger.compare(`${kind} ${index}`, controller, policy, said, ours)
        }
      })
      tell(`controllers on ${kubernetes}`, ledger)
      expect(ledger.report()).toBe('')
      expectWorthwhile(ledger, SIZE.controllers)
    })
  })
}

/**
 * The verdict less what depends on fields that the server fills in before it judges: host ports on the host network, which
 * is denied anyway, and AppArmor fields from their annotations, either of which is denied. It stays a denial if it was.
 */
function butFilledIn({ allowed, denials }: Verdict): Verdict {
  const filledIn = /^(hostPort|forbidden AppArmor profiles?)$/
  return { allowed, denials: denials.filter(({ reason }) => !filledIn.test(reason)) }
}

/** The server's denial, or undefined if it allowed; anything else has no place here. */
function denialIn(answer: AdmissionAnswer, policy: Policy): string | undefined {
  if (answer.outcome === 'allowed') return undefined
  if (answer.outcome === 'denied' && answer.policy === policyName(policy)) return answer.denial
  throw new Error(`asked about ${policyName(policy)}, the server answered ${JSON.stringify(answer)}`)
}

function messageOf(answer: AdmissionAnswer): string {
  return answer.outcome === 'refused' ? answer.message : JSON.stringify(answer)
}

interface EphemeralCase {
  index: number
  name: string
  containers: object[]
  /** The pod as it would be stored with its ephemeral containers. */
  stored: object
}

/** Creates pods where nothing is enforced, and learns what each will look like with its ephemeral containers. */
async function createdWithEphemeral(
  plane: ControlPlane,
  namespace: string,
  count: number,
  ledger: Ledger,
): Promise<EphemeralCase[]> {
  const cases: EphemeralCase[] = []
  await forEachIndex(count, 16, async index => {
    const { pod, ephemeralContainers: containers } = generatePod(SEED + 2, index)
    const { name } = pod.metadata
    const made = await plane.request('POST', `/api/v1/namespaces/${namespace}/pods`, { body: pod })
    if (made.status !== 201) return ledger.refuse(made.text)
    const answer = await offerEphemeralContainers(plane, namespace, name, containers)
    if (answer.outcome !== 'allowed') return ledger.refuse(messageOf(answer))
    cases.push({ index, name, containers, stored: answer.stored })
  })
  return cases.sort((a, b) => a.index - b.index)
}

/** All policies evenly, every check with effect, both verdicts often, and few pods that were no pods. */
function expectWorthwhile(ledger: Ledger, objects: number): void {
  const { compared, allowed, denied, refused } = ledger.totals()
  const { fewest, most } = ledger.spread()
  expect(refused).toBeLessThan(objects / 10)
  expect(Math.min(allowed, denied)).toBeGreaterThan(compared / 5)
  expect(most).toBeLessThan(fewest * 2)
  for (const [reason, times] of Object.entries(ledger.seen(REASONS)))
    expect(times, `denials for ${reason}`).toBeGreaterThan(0)
}

function tell(what: string, ledger: Ledger): void {
  const { compared, allowed, denied, refused } = ledger.totals()
  const { policies, fewest, most } = ledger.spread()
  process.stderr.write(
    `${what}: ${compared} answers compared (${allowed} allowed, ${denied} denied) under ${policies} policies, ` +
      `${fewest} to ${most} each; ${refused} objects invalid; ${ledger.disagreements.length} disagreements\n`,
  )
}
