// Rule: the API server makes nodes check the right to each image.

import { admissionFlags } from '../../../kube/control-plane/admission-plugins.ts'
import { apiServerConfig, operatedApiServer } from '../../../samples/openshift.ts'
import { apiServer, scripted, word } from './component-pods.ts'
import { withoutPlugin, withPlugin } from './faults.ts'
import { flagRule } from './flag-rule.ts'

export const rule = flagRule({
  id: 'apiserver-always-pull-images',
  title: 'The API server makes nodes check the right to each image, or not, as asked for',
  severity: 'low',
  defaultEnabled: false,
  component: 'kube-apiserver',
  flags: admissionFlags,
  parameters: {
    plugin: {
      type: 'string',
      default: 'on',
      oneOf: ['on', 'off'],
      description: 'Whether the plugin should run; the benchmark for OpenShift asks for off.',
    },
  },
  rationale:
    'A pod can otherwise run a private image that another pod’s credentials brought to the node, by its name alone.',
  remediation:
    'Add AlwaysPullImages to --enable-admission-plugins, once the registry can bear the load. On OpenShift leave it off, where no pod starts while a registry is down.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#alwayspullimages',
  ],

  faults: (flags, { plugin }) =>
    plugin === 'on' ? withoutPlugin(flags, 'AlwaysPullImages') : withPlugin(flags, 'AlwaysPullImages'),

  examples: {
    fail: {
      'not given': { given: apiServer(), at: [word(1)] },
      'other plugins alone': {
        given: apiServer('--enable-admission-plugins=PodNodeSelector'),
        at: [word(1)],
      },
      'a longer name': { given: apiServer('--enable-admission-plugins=MyAlwaysPullImages') },
      'switched off': { given: apiServer('--disable-admission-plugins=AlwaysPullImages') },
      'on, where it should be off': {
        given: operatedApiServer(),
        with: [apiServerConfig({ 'enable-admission-plugins': ['NodeRestriction', 'AlwaysPullImages'] })],
        parameters: { plugin: 'off' },
        at: ['metadata.labels.revision'],
      },
    },
    pass: {
      'off, as asked for': {
        given: operatedApiServer(),
        with: [apiServerConfig({ 'enable-admission-plugins': ['NodeRestriction'] })],
        parameters: { plugin: 'off' },
      },
      alone: { given: apiServer('--enable-admission-plugins=AlwaysPullImages') },
      'among others': { given: apiServer('--enable-admission-plugins=PodNodeSelector,AlwaysPullImages') },
      'by a second flag': {
        given: apiServer(
          '--enable-admission-plugins=PodNodeSelector',
          '--enable-admission-plugins=AlwaysPullImages',
        ),
      },
      'in the old list': { given: apiServer('--admission-control=NamespaceLifecycle,AlwaysPullImages') },
    },
    notEvaluated: {
      'a shell script starts it': { given: scripted('kube-apiserver') },
    },
  },
})
