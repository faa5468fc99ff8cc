// Growth inputs: what a scan's cost should grow with in step: each gives the files of a folder for a size.

type Files = Readonly<Record<string, string>>

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('')
const each = (count: number, make: (index: number) => string, between = ','): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(between)

const podHead = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n'
const plain = '  containers: [{name: app, image: "registry.example.com/app:1.4.2"}]\n'
const configMap = (name: string | number, body: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${name}, namespace: shop}\n${body}---\n`
const pod = (name: string | number, namespace = 'shop', labels = `app: web`) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: p${name}, namespace: ${namespace}, labels: {${labels}}}\nspec: {serviceAccountName: a${name}, containers: [{name: app, image: "registry.example.com/app:1.4.2"}]}\n---\n`
const rbac = 'rbac.authorization.k8s.io/v1'
const one = (text: string): Files => ({ 'all.yaml': text })

/** By name: the smaller size, and the files for a size. */
export const growthInputs: Readonly<Record<string, readonly [size: number, files: (size: number) => Files]>> =
  {
    'containers of one pod': [
      500,
      n =>
        one(
          `${podHead}  containers:\n${times(n, i => `  - {name: c${i}, image: "x:1", ports: [{containerPort: ${i + 1}}]}\n`)}`,
        ),
    ],
    'mounts and volumes of one pod': [
      500,
      n =>
        one(
          `${podHead}  containers:\n  - name: app\n    image: x:1\n    volumeMounts: [${each(n, i => `{name: v${i}, mountPath: /m/${i}}`)}]\n` +
            `  volumes: [${each(n, i => `{name: v${i}, hostPath: {path: /host/${i}}}`)}]\n`,
        ),
    ],
    'variables of one container': [
      2000,
      n =>
        one(
          `${podHead}  containers:\n  - name: app\n    image: x:1\n    env:\n${times(n, i => `    - {name: V${i}, valueFrom: {secretKeyRef: {name: s${i}, key: k}}}\n`)}`,
        ),
    ],
    'capabilities of one container': [
      2000,
      n =>
        one(
          `${podHead}  containers: [{name: app, image: x, securityContext: {capabilities: {add: [${each(n, i => `CAP_${i}`)}]}}}]\n`,
        ),
    ],
    'labels and annotations of one pod': [
      5000,
      n =>
        one(
          `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n${times(n, i => `    l${i}: x\n`)}  annotations:\n${times(n, i => `    a${i}: x\n`)}spec:\n${plain}`,
        ),
    ],
    'words of one command': [
      20_000,
      n => one(`${podHead}  containers: [{name: app, image: x, command: [${each(n, i => `--w${i}`)}]}]\n`),
    ],
    'a long image name': [
      200_000,
      n => one(`${podHead}  containers: [{name: app, image: "${'a-/'.repeat(n)}"}]\n`),
    ],
    'long texts everywhere': [
      100_000,
      n =>
        one(
          `${podHead}  containers: [{name: "${'a-'.repeat(n)}", image: "${'a/'.repeat(n)}", command: ["${'sudo '.repeat(n)}"]}]\n`,
        ),
    ],
    'pods in one file': [1000, n => one(times(n, i => pod(i)))],
    'pods of one name': [1000, n => one(times(n, () => pod('')))],
    'pods with accounts': [
      1000,
      n =>
        one(
          times(
            n,
            i =>
              `${pod(i)}apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a${i}, namespace: shop}\n---\n`,
          ),
        ),
    ],
    'pods and network policies of one namespace': [
      300,
      n =>
        one(
          times(
            n,
            i =>
              `${pod(i, 'shop', `app: a${i}`)}apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n${i}, namespace: shop}\nspec: {podSelector: {matchLabels: {app: a${i}}}, policyTypes: [Ingress, Egress]}\n---\n`,
          ),
        ),
    ],
    'pods, Services and Ingresses of one namespace': [
      300,
      n =>
        one(
          times(
            n,
            i =>
              `${pod(i, 'shop', `app: a${i}`)}apiVersion: v1\nkind: Service\nmetadata: {name: s${i}, namespace: shop}\nspec: {selector: {app: a${i}}, ports: [{port: 80}]}\n---\n` +
              `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i${i}, namespace: shop}\nspec: {rules: [{host: h, http: {paths: [{backend: {service: {name: s${i}, port: {number: 80}}}}]}}]}\n---\n`,
          ),
        ),
    ],
    'roles and bindings of one namespace': [
      500,
      n =>
        one(
          times(
            n,
            i =>
              `apiVersion: ${rbac}\nkind: Role\nmetadata: {name: r${i}, namespace: shop}\nrules: [{apiGroups: [""], resources: [secrets], verbs: [get]}]\n---\n` +
              `apiVersion: ${rbac}\nkind: RoleBinding\nmetadata: {name: b${i}, namespace: shop}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r${i}}\nsubjects: [{kind: ServiceAccount, name: a${i}, namespace: shop}]\n---\n${pod(i)}`,
          ),
        ),
    ],
    'rules of one role': [
      2000,
      n =>
        one(
          `apiVersion: ${rbac}\nkind: ClusterRole\nmetadata: {name: wide}\nrules:\n${times(n, i => `- {apiGroups: [g${i}], resources: [r${i}], verbs: [get, create]}\n`)}`,
        ),
    ],
    namespaces: [
      1000,
      n =>
        one(
          times(n, i => `apiVersion: v1\nkind: Namespace\nmetadata: {name: n${i}}\n---\n${pod(i, `n${i}`)}`),
        ),
    ],
    files: [500, n => Object.fromEntries(Array.from({ length: n }, (_, i) => [`f${i}.yaml`, pod(i)]))],
    'broken files': [
      500,
      n => Object.fromEntries(Array.from({ length: n }, (_, i) => [`f${i}.yaml`, 'a: ['])),
    ],
    'broken documents': [2000, n => one(`${times(n, () => 'a: ]\n---\n')}${pod(1)}`)],
    'undecodable pods': [
      1000,
      n => one(times(n, i => pod(i).replace('containers: [', 'hostPID: 7, containers: ['))),
    ],
    'duplicate keys': [50_000, n => one(configMap(1, `data:\n${times(n, () => '  a: x\n')}`))],
    aliases: [50_000, n => one(configMap(1, `x: &x v\ndata: {a: [${each(n, () => '*x')}]}\n`))],
    merges: [
      5000,
      n => one(configMap(1, `x: &x {a: 1, b: 2}\ndata:\n${times(n, i => `  k${i}: {<<: *x, c: 3}\n`)}`)),
    ],
    'lines of a block': [
      100_000,
      n => one(configMap(1, `data:\n  a: |\n${times(n, () => '    some text\n')}`)),
    ],
    'escapes of a text': [300_000, n => one(configMap(1, `data:\n  a: "${'\\n\\u0041'.repeat(n)}"\n`))],
    comments: [200_000, n => one(`${times(n, () => '# a comment\n')}${pod(1)}`)],
    'lines ended by CR LF': [
      50_000,
      n => one(configMap(1, `data:\n${times(n, i => `  k${i}: v\n`)}`).replaceAll('\n', '\r\n')),
    ],
    'items of a JSON list': [
      2000,
      n => ({
        'all.json': `{"apiVersion":"v1","kind":"List","items":[${each(n, i => `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p${i}"},"spec":{"containers":[{"name":"c","image":"x"}]}}`)}]}`,
      }),
    ],
  }
