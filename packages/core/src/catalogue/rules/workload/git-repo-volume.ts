// Rule: no pod uses a gitRepo volume.

import { defineRule } from '../../../model/rule.ts'
import { cronJob, pod } from '../../../samples/pods.ts'

const gitRepo = { repository: 'https://git.example.com/site.git' }

export const rule = defineRule({
  id: 'git-repo-volume',
  title: 'No volume is cloned from a Git repository by the kubelet',
  severity: 'high',
  subject: 'PodTemplate',
  rationale:
    'The kubelet runs git as root on the node for a gitRepo volume, and hooks in the repository can run any command there (CVE-2024-10220). Kubelets refuse such pods by default since Kubernetes 1.33.',
  remediation:
    'Clone into an emptyDir volume with an init container, or bring the files with the image, an image volume or a ConfigMap.',
  references: [
    'https://kubernetes.io/docs/concepts/storage/volumes/#gitrepo',
    'https://github.com/kubernetes/kubernetes/issues/128885',
  ],
  faultFields: ['gitRepo'],

  *violations(pod) {
    const { volumes = [] } = pod.spec
    for (let i = 0; i < volumes.length; i++) {
      const volume = volumes[i]
      if (volume?.gitRepo !== undefined)
        yield {
          path: `${pod.path}.volumes[${i}].gitRepo`,
          actual: volume.gitRepo,
          expected: 'another type of volume',
          discriminator: volume.name ?? '',
        }
    }
  },

  examples: {
    fail: {
      'the second volume': {
        given: pod({
          volumes: [
            { name: 'tmp', emptyDir: {} },
            { name: 'site', gitRepo },
          ],
        }),
        at: ['spec.volumes[1].gitRepo'],
      },
      'in a CronJob': { given: cronJob({ volumes: [{ name: 'site', gitRepo }] }) },
    },
    pass: {
      'no volumes': { given: pod() },
      'a volume of that name': { given: pod({ volumes: [{ name: 'gitRepo', emptyDir: {} }] }) },
    },
  },
})
