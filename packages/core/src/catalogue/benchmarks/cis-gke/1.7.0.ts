// CIS Google Kubernetes Engine Benchmark 1.7.0, by what it changed against 1.6.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.6.0.ts'

export const list = changeControls(older, {
  removed: ['auth.no-user-client-certs'],
  replaced: { 'file.kubelet-config.mode:600': 'file.kubelet-config.mode:644' },
  relabelled: {
    A1: [
      'file.kube-proxy-kubeconfig.mode:644',
      'file.kube-proxy-kubeconfig.owner:root',
      'file.kubelet-config.mode:644',
      'file.kubelet-config.owner:root',
      'cloud.private-nodes',
    ],
    A2: ['cloud.private-endpoint', 'gke.sandbox'],
  },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-gke',
    edition: '1.7.0',
    title: 'CIS Google Kubernetes Engine Benchmark 1.7.0',
    source: 'CIS Google Kubernetes Engine Benchmark 1.7.0; ids and labels as in CyberStrikeus/CyberStrike',
    distributions: ['gke'],
  },
  list,
)
