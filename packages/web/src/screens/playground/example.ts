// Example: what stands in the playground before anything is pasted: one deployment with what is often wrong.

export const example = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  namespace: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
      hostNetwork: true
      containers:
        - name: shop
          image: registry.example/shop:latest
          securityContext:
            privileged: true
          ports:
            - containerPort: 8080
`
