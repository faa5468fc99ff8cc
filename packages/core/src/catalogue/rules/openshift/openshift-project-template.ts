// Rule: new projects of OpenShift are born with an object that guards them.

import {
  projectKind,
  readProject,
  readTemplate,
  templateKind,
} from '../../../kube/openshift/platform-kinds.ts'
import { defineRule } from '../../../model/rule.ts'
import { object } from '../../../samples/objects.ts'

const given = (name?: string) =>
  object(
    'config.openshift.io/v1',
    'Project',
    { name: 'cluster' },
    { spec: name === undefined ? {} : { projectRequestTemplate: { name } } },
  )
const template = (objects: readonly object[], name = 'request', namespace = 'openshift-config') =>
  object('template.openshift.io/v1', 'Template', { name, namespace }, { objects })
const policy = { kind: 'NetworkPolicy', metadata: { name: 'deny' } }
const quota = { kind: 'ResourceQuota', metadata: { name: 'quota' } }

export const rule = defineRule({
  id: 'openshift-project-template',
  title: 'New projects of OpenShift are born with an object that guards them',
  severity: 'low',
  // What a project begins with is the house's to say.
  defaultEnabled: false,
  subject: projectKind,
  reads: [templateKind],
  absent: 'not-collected',
  parameters: {
    object: {
      type: 'string',
      default: 'NetworkPolicy',
      oneOf: ['NetworkPolicy', 'ResourceQuota', 'LimitRange'],
      description: 'The kind of object that must be among those of the template.',
    },
  },
  rationale: 'What people must think of in each new project is missing in some of them.',
  remediation:
    'Put the object into a Template in openshift-config and name that in spec.projectRequestTemplate of the Project named cluster.',
  references: [
    'https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/building_applications/projects',
  ],

  // One Project configures them all.
  concerns: resource => resource.metadata.name === 'cluster',

  *violations(resource, { lookup, parameters }) {
    const name = readProject(resource).spec?.projectRequestTemplate?.name
    const path = 'spec.projectRequestTemplate.name'
    if (!name) {
      yield { path, actual: name, expected: `the name of a Template with a ${parameters.object}` }
      return
    }
    const found = lookup.get(templateKind, 'openshift-config', name)
    if (!found) yield { path, actual: name, expected: 'the name of a Template in openshift-config' }
    else if (!(readTemplate(found).objects ?? []).some(({ kind }) => kind === parameters.object))
      yield { path, actual: name, expected: `the name of a Template with a ${parameters.object}` }
  },

  examples: {
    fail: {
      'no template': { given: given(), at: ['spec.projectRequestTemplate.name'] },
      'an empty name': { given: given('') },
      'a template that is not there': { given: given('request') },
      'a template elsewhere': { given: given('request'), with: [template([policy], 'request', 'openshift')] },
      'a template of another name': { given: given('request'), with: [template([policy], 'other')] },
      'a template without objects': {
        given: given('request'),
        with: [
          object('template.openshift.io/v1', 'Template', { name: 'request', namespace: 'openshift-config' }),
        ],
      },
      'a template with something else': { given: given('request'), with: [template([quota])] },
      'a template without a quota': {
        given: given('request'),
        with: [template([policy])],
        parameters: { object: 'ResourceQuota' },
      },
    },
    pass: {
      'a template with a policy': { given: given('request'), with: [template([quota, policy])] },
      'a template with a quota': {
        given: given('request'),
        with: [template([quota])],
        parameters: { object: 'ResourceQuota' },
      },
    },
    unconcerned: {
      'a Project of another name, which counts for nothing': {
        given: { ...given(), metadata: { name: 'other' } },
      },
    },
  },
})
