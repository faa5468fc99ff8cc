// Tests of what is taken for an image of a known program.

import { expect, test } from 'vitest'
import { isDashboardImage, isIngressNginxImage, isTillerImage } from './known-images.ts'

function programOf(written: string): string | undefined {
  if (isDashboardImage(written)) return 'dashboard'
  if (isTillerImage(written)) return 'tiller'
  return isIngressNginxImage(written) ? 'ingress-nginx' : undefined
}

test.each([
  ['kubernetesui/dashboard:v2.7.0', 'dashboard'],
  ['kubernetesui/dashboard-web', 'dashboard'],
  ['kubernetesui/dashboard-metrics-scraper', undefined],
  ['gcr.io/google_containers/kubernetes-dashboard-amd64:v1.8.3', 'dashboard'],
  ['example.com/kubernetes-dashboard-proxy', undefined],
  ['example.com/mykubernetesui/dashboard', undefined],
  ['tiller', 'tiller'],
  ['ghcr.io/helm/tiller:v2.17.0', 'tiller'],
  ['example.com/tiller-ui', undefined],
  ['example.com/tiller/ui', undefined],
  [`registry.k8s.io/ingress-nginx/controller:v1.12.1@sha256:${'d'.repeat(64)}`, 'ingress-nginx'],
  ['example.com/my-ingress-nginx/controller', undefined],
  ['quay.io/kubernetes-ingress-controller/nginx-ingress-controller-arm64:0.25.0', 'ingress-nginx'],
  ['nginx/nginx-ingress', undefined],
  ['Kubernetesui/dashboard', undefined],
])('%s is %s', (written, program) => {
  expect(programOf(written)).toBe(program)
})
