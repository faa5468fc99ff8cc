// Known images: tells the images of some widely deployed programs, whatever registry they are pulled from.

import { type ImageReference, parseImageReference } from '../../../kube/image-reference.ts'

/**
 * The Kubernetes Dashboard: `kubernetesui/dashboard` and the parts of version 7 (`dashboard-api`, `dashboard-web`, `dashboard-auth`),
 * `kubernetes-dashboard-amd64` and the like of version 1. Source: kubernetes-retired/dashboard, charts and releases.
 */
export function isDashboardImage(written: string | undefined): boolean {
  const repository = repositoryOf(written)
  return (
    repository !== undefined &&
    (/(?:^|\/)kubernetesui\/dashboard(?:-api|-auth|-web)?$/.test(repository) ||
      /(?:^|\/)kubernetes-dashboard(?:-(?:amd64|arm|arm64|ppc64le|s390x))?$/.test(repository))
  )
}

/** Helm 2's server. Source: helm/helm v2, `gcr.io/kubernetes-helm/tiller`. */
export function isTillerImage(image: ImageReference): boolean {
  return /(?:^|\/)tiller$/.test(image.repository)
}

/**
 * The controller of the Ingress NGINX project, by its names on registry.k8s.io, k8s.gcr.io and quay.io, and copies that keep them.
 * NGINX Ingress Controller of F5 (`nginx/nginx-ingress`) is another program.
 */
export function isIngressNginxImage(image: ImageReference): boolean {
  return (
    /(?:^|\/)ingress-nginx\/controller(?:-chroot)?$/.test(image.repository) ||
    /(?:^|\/)kubernetes-ingress-controller\/nginx-ingress-controller(?:-[a-z0-9]+)?$/.test(image.repository)
  )
}

function repositoryOf(written: string | undefined): string | undefined {
  const reading = written === undefined ? undefined : parseImageReference(written)
  return reading?.ok ? reading.image.repository : undefined
}
