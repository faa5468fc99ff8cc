// CIS Google Kubernetes Engine Benchmark 1.8.0, by what it changed against 1.7.0.

import { changeControls } from '../editions/control-list.ts'
import { makeEdition } from '../editions/make-edition.ts'
import { list as older } from './1.7.0.ts'

// It leaves 5.10.4, once Binary Authorization, unused.
export const list = changeControls(older, {
  removed: [
    'kubelet.anonymous-auth',
    'kubelet.authorization-mode',
    'kubelet.client-ca-file',
    'kubelet.read-only-port',
    'kubelet.streaming-connection-idle-timeout',
    'kubelet.make-iptables-util-chains',
    'kubelet.event-qps',
    'kubelet.rotate-certificates',
    'kubelet.rotate-server-certificate',
    'gke.binary-authorization',
  ],
  replaced: {
    'file.kube-proxy-kubeconfig.mode:644': 'file.kubelet-kubeconfig.mode:644',
    'file.kube-proxy-kubeconfig.owner:root': 'file.kubelet-kubeconfig.owner:root',
  },
  numbers: { 'gke.security-posture': '5.10.5' },
})

export const edition = makeEdition(
  {
    benchmark: 'cis-gke',
    edition: '1.8.0',
    title: 'CIS Google Kubernetes Engine Benchmark 1.8.0',
    source:
      'CIS Google Kubernetes Engine Benchmark 1.8.0; ids and labels as in aquasecurity/kube-bench and CyberStrikeus/CyberStrike',
    distributions: ['gke'],
  },
  list,
)
