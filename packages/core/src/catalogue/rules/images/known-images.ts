// Known images: tells the images of some widely deployed programs, whatever registry they are pulled from.

import { parseImageReference } from '../../../kube/image-reference.ts'

/**
 * The Kubernetes Dashboard: `kubernetesui/dashboard` and the parts of version 7 (`dashboard-api`, `dashboard-web`, `dashboard-auth`),
 * `kubernetes-dashboard-amd64` and the like of version 1. Source: kubernetes-retired/dashboard, charts and releases.
 */
export const isDashboardImage = (written: string): boolean =>
  isRepository(
    written,
    'dashboard',
    /(?:^|\/)(?:kubernetesui\/dashboard(?:-api|-auth|-web)?|kubernetes-dashboard(?:-(?:amd64|arm|arm64|ppc64le|s390x))?)$/,
  )

/** Helm 2's server. Source: helm/helm v2, `gcr.io/kubernetes-helm/tiller`. */
export const isTillerImage = (written: string): boolean => isRepository(written, 'tiller', /(?:^|\/)tiller$/)

/**
 * The controller of the Ingress NGINX project, by its names on registry.k8s.io, k8s.gcr.io and quay.io, and copies that keep them.
 * NGINX Ingress Controller of F5 (`nginx/nginx-ingress`) is another program.
 */
export const isIngressNginxImage = (written: string): boolean =>
  isRepository(
    written,
    'ingress',
    /(?:^|\/)(?:ingress-nginx\/controller(?:-chroot)?|kubernetes-ingress-controller\/nginx-ingress-controller(?:-[a-z0-9]+)?)$/,
  )

/** Looks for the word first: almost every image is another, and need not be read. */
function isRepository(written: string, word: string, name: RegExp): boolean {
  if (!written.includes(word)) return false
  const reading = parseImageReference(written)
  return reading.ok && name.test(reading.image.repository)
}
