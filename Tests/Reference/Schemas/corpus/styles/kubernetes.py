"""Manifests of a cluster."""

from corpus.notation import *

DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"
DNS_NAME = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"
QUANTITY = "^[0-9]+(\\.[0-9]+)?(m|k|Ki|Mi|Gi|Ti)?$"
LABEL_VALUE = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$"


def label_map(v):
    return v.pick(
        mapping(text("word", high=63)),
        mapping(text("word")),
        mapping(text("slug", 1, 63)),
        mapping(text("word")),
        mapping(pattern(LABEL_VALUE, maxLength=63), high=12),
        {
            "type": "object",
            "additionalProperties": text("slug"),
            "propertyNames": {"pattern": "^[a-z][a-z0-9./-]*$", "maxLength": 60},
        },
    )


def metadata(v):
    properties = {
        "name!": pattern(DNS_NAME, maxLength=v.pick(63, 253)),
        "namespace": pattern(DNS_LABEL, maxLength=63),
        "labels": label_map(v),
        "annotations": mapping(text("sentence")),
        "generateName": text("slug"),
        "finalizers": array(text("slug"), high=5),
        "uid": formatted("uuid"),
    }
    return obj(v.some(properties, 0.6), **v.pick({}, {}, {"additionalProperties": False}))


def manifest(v, kind, api, properties, **more):
    return obj(
        {"apiVersion!": v.pick(const(api), words(api)), "kind!": const(kind), "metadata!": metadata(v)} | properties,
        **more,
    )


def port_number(**more):
    return integer(1, 65535, **more)


def probe(v):
    action = v.pick(
        one_of(
            obj(
                {
                    "httpGet!": closed(
                        {
                            "path": text("file"),
                            "port!": any_of(port_number(), pattern(DNS_LABEL, maxLength=15)),
                            "scheme": words("HTTP", "HTTPS"),
                        }
                    )
                }
            ),
            obj({"exec!": closed({"command!": array(text("command"), low=1)})}),
            obj({"tcpSocket!": closed({"port!": port_number()})}),
        ),
        {},
    )
    return (
        obj(
            {
                "initialDelaySeconds": integer(0, 3600),
                "periodSeconds": integer(1, 600, default=10),
                "timeoutSeconds": integer(1),
                "failureThreshold": integer(1, 20),
            }
        )
        | action
    )


def environment(v):
    plain = {"name!": pattern("^[A-Za-z_][A-Za-z0-9_]*$"), "value": text("words")}
    source = closed(
        {
            "secretKeyRef": closed({"name!": text("slug"), "key!": text("identifier"), "optional": boolean()}),
            "fieldRef": closed(
                {"fieldPath!": words("metadata.name", "metadata.namespace", "status.podIP", "spec.nodeName")}
            ),
        },
        minProperties=1,
        maxProperties=1,
    )
    return v.pick(
        closed(plain | {"valueFrom": source}),
        closed(plain | {"valueFrom": source}, **{"not": {"required": ["value", "valueFrom"]}}),
        closed(plain),
    )


def resources(v):
    amount = v.pick(pattern(QUANTITY), any_of(integer(0), pattern(QUANTITY)))
    return v.pick(
        closed({"limits": mapping(amount), "requests": mapping(amount)}),
        closed({k: closed({"cpu": amount, "memory": amount}) for k in ("limits", "requests")}),
    )


def container(v):
    properties = {
        "name!": pattern(DNS_LABEL, maxLength=63),
        "image!": text("image", low=1),
        "imagePullPolicy": words("Always", "IfNotPresent", "Never"),
        "command": array(text("command")),
        "args": array(text("words"), high=20),
        "workingDir": pattern("^/"),
        "ports": array(
            closed(
                {
                    "name": text("word", high=15),
                    "containerPort!": port_number(),
                    "protocol": words("TCP", "UDP", "SCTP"),
                }
            ),
            high=10,
        ),
        "env": array(environment(v), high=30),
        "resources": resources(v),
        "livenessProbe": probe(v),
        "readinessProbe": probe(v),
        "volumeMounts": array(
            closed({"name!": text("slug"), "mountPath!": pattern("^/[^:]*$"), "readOnly": boolean()})
        ),
    }
    return closed(v.some(properties, 0.6))


def volume(v):
    return {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": pattern(DNS_LABEL),
            "emptyDir": closed({"medium": words("", "Memory"), "sizeLimit": pattern(QUANTITY)}),
            "configMap": obj({"name!": text("slug"), "defaultMode": integer(0, 511)}),
            "secret": obj({"secretName!": text("slug")}),
            "hostPath": obj({"path!": pattern("^/"), "type": words("Directory", "File", "Socket")}),
        },
        "minProperties": 2,
        "maxProperties": 2,
        "additionalProperties": False,
    }


def pod_spec(v, deep=True):
    properties = {
        "containers!": array(ref("container"), low=1, high=v.pick(4, 10)),
        "initContainers": array(ref("container"), high=3),
        "restartPolicy": words("Always", "OnFailure", "Never"),
        "serviceAccountName": pattern(DNS_LABEL),
        "nodeSelector": mapping(text("word")),
        "terminationGracePeriodSeconds": integer(0),
        "volumes": array(ref("volume")),
        "tolerations": array(
            closed(
                {
                    "key": text("slug"),
                    "operator": words("Exists", "Equal"),
                    "value": text("word"),
                    "effect": words("NoSchedule", "PreferNoSchedule", "NoExecute"),
                }
            )
        ),
        "securityContext": closed({"runAsUser": integer(0), "runAsNonRoot": boolean(), "fsGroup": integer(0)}),
        "hostNetwork": boolean(),
        "dnsPolicy": words("ClusterFirst", "Default", "None"),
    }
    return closed(v.some(properties, 0.55))


def pod_defs(v):
    return {"container": container(v), "volume": volume(v), "podSpec": pod_spec(v)}


def selector(v):
    expression = one_of(
        closed({"key!": text("slug"), "operator!": words("In", "NotIn"), "values!": array(text("word"), low=1)}),
        closed({"key!": text("slug"), "operator!": words("Exists", "DoesNotExist")}),
    )
    return v.pick(
        closed({"matchLabels!": mapping(text("word"), low=1)}),
        closed({"matchLabels": mapping(text("word")), "matchExpressions": array(expression)}, minProperties=1),
    )


def template(v):
    return obj({"metadata": metadata(v), "spec!": ref("podSpec")})


@schema("deployment", variants=3)
def deployment(v):
    percent = any_of(integer(0), pattern("^[0-9]{1,3}%$"))
    strategy = v.pick(
        tagged(
            "type",
            {
                "Recreate": {},
                "RollingUpdate": {"rollingUpdate": closed({"maxSurge": percent, "maxUnavailable": percent})},
            },
        ),
        obj({"type!": words("Recreate", "RollingUpdate"), "rollingUpdate": obj({"maxSurge": percent})})
        | when("type", "Recreate", {"not": {"required": ["rollingUpdate"]}}),
    )
    spec = closed(
        v.some(
            {
                "replicas": integer(0, 1000, default=1),
                "selector!": selector(v),
                "template!": template(v),
                "strategy": strategy,
                "revisionHistoryLimit": integer(0),
                "minReadySeconds": integer(0),
                "paused": boolean(),
            },
            0.7,
        )
    )
    return manifest(v, "Deployment", "apps/v1", {"spec!": spec}, title="Deployment", **{"$defs": pod_defs(v)})


@schema("stateful-set")
def stateful_set(v):
    claim = obj(
        {
            "metadata!": metadata(v),
            "spec!": obj(
                {
                    "accessModes!": array(words("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"), low=1, unique=True),
                    "resources!": obj({"requests!": obj({"storage!": pattern(QUANTITY)})}),
                    "storageClassName": nullable(text("slug")),
                }
            ),
        }
    )
    spec = obj(
        {
            "serviceName!": pattern(DNS_LABEL, maxLength=63),
            "replicas": integer(0),
            "selector!": selector(v),
            "template!": template(v),
            "volumeClaimTemplates": array(claim, high=4),
            "podManagementPolicy": words("OrderedReady", "Parallel"),
        }
    )
    return manifest(v, "StatefulSet", "apps/v1", {"spec!": spec}, **{"$defs": pod_defs(v)})


@schema("service", variants=3)
def service(v):
    port = closed(
        {
            "name": pattern(DNS_LABEL, maxLength=15),
            "protocol": words("TCP", "UDP"),
            "port!": port_number(),
            "targetPort": any_of(port_number(), pattern("^[a-z][a-z0-9-]{0,14}$")),
            "nodePort": integer(30000, 32767),
        }
    )
    common = {"ports!": array(port, low=1, high=8), "selector": mapping(text("word"))}
    if v.index == 0:
        spec = {
            "oneOf": [
                closed({"type!": const("ExternalName"), "externalName!": formatted("hostname")}),
                closed(
                    {"type!": words("ClusterIP", "NodePort")}
                    | common
                    | {"clusterIP": one_of(const("None"), formatted("ipv4"))}
                ),
                closed(
                    {"type!": const("LoadBalancer")}
                    | common
                    | {"loadBalancerSourceRanges": array(pattern(r"^(\d{1,3}\.){3}\d{1,3}/\d{1,2}$"))}
                ),
            ]
        }
    elif v.index == 1:
        spec = obj(
            {
                "type!": words("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
                "externalName": formatted("hostname"),
            }
            | {k.rstrip("!"): s for k, s in common.items()}
        ) | when("type", "ExternalName", {"required": ["externalName"]}, {"required": ["ports"]})
    else:
        spec = closed(
            {
                "ports!": array(port, low=1),
                "selector!": mapping(text("word"), low=1),
                "sessionAffinity": words("None", "ClientIP"),
            }
        )
    return manifest(v, "Service", "v1", {"spec!": spec}, **v.closing())


@schema("ingress", variants=2)
def ingress(v):
    backend = closed(
        {
            "service!": closed(
                {
                    "name!": pattern(DNS_LABEL),
                    "port!": one_of(closed({"number!": port_number()}), closed({"name!": text("word")})),
                }
            )
        }
    )
    path = closed(
        {"path": pattern("^/"), "pathType!": words("Exact", "Prefix", "ImplementationSpecific"), "backend!": backend}
    )
    rule = closed(
        {
            "host": v.pick(formatted("hostname"), pattern(r"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$")),
            "http!": closed({"paths!": array(path, low=1)}),
        }
    )
    spec = closed(
        {
            "ingressClassName": text("slug"),
            "defaultBackend": backend,
            "rules": array(rule, low=1),
            "tls": array(closed({"hosts": array(formatted("hostname")), "secretName": text("slug")})),
        },
        anyOf=[{"required": ["rules"]}, {"required": ["defaultBackend"]}],
    )
    return manifest(v, "Ingress", "networking.k8s.io/v1", {"spec!": spec})


@schema("cron-job", variants=2)
def cron_job(v):
    field = r"(\*|[0-9]{1,2})(/[0-9]{1,2})?"
    spec = closed(
        v.some(
            {
                "schedule!": pattern("^" + " ".join([field] * 5) + "$"),
                "timeZone": nullable(text("slug")),
                "suspend": boolean(default=False),
                "concurrencyPolicy": words("Allow", "Forbid", "Replace"),
                "startingDeadlineSeconds": integer(0),
                "successfulJobsHistoryLimit": integer(0, 100),
                "jobTemplate!": obj(
                    {
                        "spec!": obj(
                            {
                                "backoffLimit": integer(0, 20),
                                "completions": nullable(integer(1)),
                                "parallelism": integer(0),
                                "template!": template(v),
                            }
                        )
                    }
                ),
            },
            0.8,
        )
    )
    return manifest(v, "CronJob", "batch/v1", {"spec!": spec}, **{"$defs": pod_defs(v)})


@schema("config-map")
def config_map(v):
    return manifest(
        v,
        "ConfigMap",
        "v1",
        {
            "data": {
                "type": "object",
                "patternProperties": {"^[-._a-zA-Z0-9]+$": text("paragraph")},
                "additionalProperties": False,
            },
            "binaryData": mapping(pattern("^[A-Za-z0-9+/]*={0,2}$"), names="^[-._a-zA-Z0-9]+$"),
            "immutable": boolean(),
        },
        additionalProperties=False,
    )


@schema("secret")
def secret(v):
    encoded = pattern("^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$")
    return manifest(
        v,
        "Secret",
        "v1",
        {"type!": enum("Opaque", "kubernetes.io/tls", "kubernetes.io/dockerconfigjson"), "data!": mapping(encoded)},
        allOf=[
            when("type", "kubernetes.io/tls", {"properties": {"data": {"required": ["tls.crt", "tls.key"]}}}),
            when(
                "type", "kubernetes.io/dockerconfigjson", {"properties": {"data": {"required": [".dockerconfigjson"]}}}
            ),
        ],
    )


@schema("autoscaler")
def autoscaler(v):
    target = tagged(
        "type",
        {"Utilization": {"averageUtilization!": integer(1, 100)}, "AverageValue": {"averageValue!": pattern(QUANTITY)}},
    )
    metric = tagged(
        "type",
        {
            "Resource": {"resource!": closed({"name!": words("cpu", "memory"), "target!": target})},
            "External": {"external!": closed({"metric!": closed({"name!": text("slug")}), "target!": target})},
        },
    )
    return manifest(
        v,
        "HorizontalPodAutoscaler",
        "autoscaling/v2",
        {
            "spec!": closed(
                {
                    "scaleTargetRef!": closed(
                        {
                            "apiVersion": text("word"),
                            "kind!": words("Deployment", "StatefulSet"),
                            "name!": pattern(DNS_LABEL),
                        }
                    ),
                    "minReplicas": integer(1),
                    "maxReplicas!": integer(1, 500),
                    "metrics": array(metric, low=1, high=6),
                }
            )
        },
    )


@schema("role-binding")
def role_binding(v):
    subject = {
        "type": "object",
        "properties": {
            "kind": words("User", "Group", "ServiceAccount"),
            "name": text("slug", low=1),
            "namespace": pattern(DNS_LABEL),
        },
        "required": ["kind", "name"],
        "allOf": [when("kind", "ServiceAccount", {"required": ["namespace"]})],
        "additionalProperties": False,
    }
    return manifest(
        v,
        "RoleBinding",
        "rbac.authorization.k8s.io/v1",
        {
            "subjects": array(subject),
            "roleRef!": closed(
                {
                    "apiGroup!": const("rbac.authorization.k8s.io"),
                    "kind!": words("Role", "ClusterRole"),
                    "name!": text("slug"),
                }
            ),
        },
    )


@schema("role")
def role(v):
    verbs = array(words("get", "list", "watch", "create", "update", "patch", "delete", "*"), low=1, high=8, unique=True)
    return manifest(
        v,
        "Role",
        "rbac.authorization.k8s.io/v1",
        {
            "rules!": array(
                any_of(
                    closed(
                        {
                            "apiGroups!": array(text("word")),
                            "resources!": array(text("word"), low=1),
                            "verbs!": verbs,
                            "resourceNames": array(text("slug")),
                        }
                    ),
                    closed({"nonResourceURLs!": array(pattern("^(/|\\*)"), low=1), "verbs!": verbs}),
                )
            )
        },
    )


@schema("network-policy")
def network_policy(v):
    peer = closed(
        {
            "podSelector": obj({"matchLabels": mapping(text("word"))}),
            "ipBlock": closed(
                {"cidr!": pattern(r"^\d{1,3}(\.\d{1,3}){3}/(3[0-2]|[12]?\d)$"), "except": array(text("word"))}
            ),
        },
        minProperties=1,
    )
    rule = {
        "from": array(ref("#peer")),
        "ports": array(closed({"port": port_number(), "protocol": words("TCP", "UDP")})),
    }
    return manifest(
        v,
        "NetworkPolicy",
        "networking.k8s.io/v1",
        {
            "spec!": closed(
                {
                    "podSelector!": obj({"matchLabels": mapping(text("word"))}),
                    "policyTypes": array(words("Ingress", "Egress"), high=2),
                    "ingress": array(closed(rule)),
                    "egress": array(closed({"to": array(ref("#peer"))})),
                }
            )
        },
        **{"$defs": {"peer": {"$anchor": "peer"} | peer}},
    )


@schema("custom-resource", variants=2)
def custom_resource(v):
    prop = obj(
        {
            "type!": words("string", "integer", "number", "boolean", "array", "object"),
            "description": text("sentence"),
            "nullable": boolean(),
            "properties": mapping(ref("property")),
            "items": ref("property"),
            "enum": array(text("word"), low=1),
            "maxLength": integer(0),
            "required": array(text("word")),
        },
        additionalProperties=False,
    )
    if v.index == 1:
        prop["allOf"] = [
            when("type", "array", {"required": ["items"]}),
            when("type", "object", {"required": ["properties"]}),
        ]
    version = closed(
        {
            "name!": pattern("^v[0-9]+((alpha|beta)[0-9]+)?$"),
            "served!": boolean(),
            "storage!": boolean(),
            "schema": closed({"openAPIV3Schema!": ref("property")}),
        }
    )
    return manifest(
        v,
        "CustomResourceDefinition",
        "apiextensions.k8s.io/v1",
        {
            "spec!": closed(
                {
                    "group!": formatted("hostname"),
                    "scope!": words("Namespaced", "Cluster"),
                    "versions!": array(version, low=1, high=5),
                    "names!": closed(
                        {
                            "plural!": pattern("^[a-z]+$"),
                            "kind!": pattern("^[A-Z][A-Za-z]+$"),
                            "shortNames": array(pattern("^[a-z]{1,6}$")),
                        }
                    ),
                }
            )
        },
        **{"$defs": {"property": prop}},
    )


@schema("certificate-resource")
def certificate(v):
    return manifest(
        v,
        "Certificate",
        "certs.example.com/v1",
        {
            "spec!": closed(
                {
                    "secretName!": text("slug"),
                    "dnsNames": array(formatted("hostname"), low=1, high=20, unique=True),
                    "ipAddresses": array(any_of(formatted("ipv4"), formatted("ipv6"))),
                    "duration": pattern("^([0-9]+h)?([0-9]+m)?$", minLength=2),
                    "issuerRef!": closed({"name!": text("slug"), "kind": words("Issuer", "ClusterIssuer")}),
                    "privateKey": tagged(
                        "algorithm",
                        {"RSA": {"size": enum(2048, 4096)}, "ECDSA": {"size": enum(256, 384)}, "Ed25519": {}},
                    ),
                }
            )
        },
        anyOf=[
            {"properties": {"spec": {"required": ["dnsNames"]}}},
            {"properties": {"spec": {"required": ["ipAddresses"]}}},
        ],
    )


@schema("namespace")
def namespace(v):
    return manifest(v, "Namespace", "v1", {}, additionalProperties=False)


@schema("quota")
def quota(v):
    return manifest(
        v,
        "ResourceQuota",
        "v1",
        {
            "spec!": closed(
                {
                    "hard!": {
                        "type": "object",
                        "properties": {"pods": integer(0), "services": integer(0, 100)},
                        "patternProperties": {"^(requests|limits)\\.(cpu|memory)$": pattern(QUANTITY)},
                        "additionalProperties": False,
                        "minProperties": 1,
                    }
                }
            )
        },
    )


@schema("any-manifest")
def any_manifest(v):
    return {
        "type": "object",
        "required": ["kind"],
        "oneOf": [
            manifest(v, "Pod", "v1", {"spec!": ref("podSpec")}),
            manifest(v, "Namespace", "v1", {}),
            manifest(
                v,
                "ServiceAccount",
                "v1",
                {"automountServiceAccountToken": boolean(), "secrets": array(closed({"name!": text("slug")}))},
            ),
        ],
        "$defs": pod_defs(v),
    }


@schema("helm-values", variants=2)
def helm_values(v):
    return obj(
        v.some(
            {
                "replicaCount!": integer(0, 50),
                "image!": closed(
                    {
                        "repository!": text("image"),
                        "tag": pattern("^[\\w][\\w.-]{0,127}$"),
                        "pullPolicy": words("Always", "IfNotPresent"),
                    }
                ),
                "ingress": {
                    "type": "object",
                    "properties": {"enabled": boolean(), "hosts": array(formatted("hostname"), low=1)},
                    "required": ["enabled"],
                }
                | when("enabled", True, {"required": ["hosts"]}),
                "resources": resources(v),
                "affinity": {"type": "object"},
                "autoscaling": closed(
                    {"enabled!": boolean(), "minReplicas": integer(1), "maxReplicas": integer(1)},
                    dependentRequired={"minReplicas": ["maxReplicas"]},
                ),
                "extraEnv": mapping(any_of(text("words"), integer(), boolean())),
                "logLevel": enum("debug", "info", "warn", "error"),
            },
            0.8,
        ),
        **v.pick({}, {"additionalProperties": False}),
    )


@schema("deployment-inlined")
def deployment_inlined(v):
    return inlined(deployment(v))


@schema("stateful-set-inlined")
def stateful_set_inlined(v):
    return inlined(stateful_set(v))


@schema("job-inherited", variants=2)
def job_inherited(v):
    """Type and metadata come from definitions that all manifests share."""
    shared = {
        "typeMeta": obj({"apiVersion!": text("word"), "kind!": text("word")}),
        "objectMeta": obj({"metadata!": metadata(v)}),
    }
    spec = obj(
        {
            "parallelism": integer(0),
            "completions": integer(1),
            "template!": template(v),
            "ttlSecondsAfterFinished": integer(0),
        }
    )
    closing = {"unevaluatedProperties": False} if v.index else {}
    return {
        "type": "object",
        "allOf": [ref("typeMeta"), ref("objectMeta"), obj({"kind": const("Job"), "spec!": spec})],
        **closing,
        "$defs": shared | pod_defs(v),
    }


@schema("daemon-set")
def daemon_set(v):
    update = one_of(
        closed({"type!": const("OnDelete")}),
        closed(
            {
                "type!": const("RollingUpdate"),
                "rollingUpdate": closed({"maxUnavailable": any_of(integer(1), pattern("^[1-9][0-9]?%$"))}),
            }
        ),
    )
    return inlined(
        manifest(
            v,
            "DaemonSet",
            "apps/v1",
            {
                "spec!": closed(
                    {
                        "selector!": selector(v),
                        "template!": template(v),
                        "updateStrategy": update,
                        "minReadySeconds": integer(0),
                    }
                )
            },
            **{"$defs": pod_defs(v)},
        )
    )


@schema("storage-class")
def storage_class(v):
    return manifest(
        v,
        "StorageClass",
        "storage.k8s.io/v1",
        {
            "provisioner!": pattern(DNS_NAME, maxLength=63),
            "parameters": mapping(text("word"), low=1),
            "reclaimPolicy": words("Delete", "Retain"),
            "volumeBindingMode": words("Immediate", "WaitForFirstConsumer"),
            "allowVolumeExpansion": boolean(),
            "mountOptions": array(text("word")),
        },
        additionalProperties=False,
    )


@schema("persistent-volume-claim")
def claim(v):
    return manifest(
        v,
        "PersistentVolumeClaim",
        "v1",
        {
            "spec!": closed(
                {
                    "accessModes!": array(words("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany"), 1, 3),
                    "resources!": closed({"requests!": closed({"storage!": pattern(QUANTITY)})}),
                    "storageClassName": nullable(text("slug")),
                    "volumeMode": words("Filesystem", "Block"),
                    "selector": selector(v),
                }
            )
        },
    )


@schema("cluster-bundle", variants=2)
def cluster_bundle(v):
    """A list of manifests of several kinds, all definitions written out."""
    makers = v.pick([deployment, service, cron_job], [deployment, service, ingress, network_policy])
    kinds = [inlined(maker(Variety(f"bundle/{maker.__name__}", v.index))) for maker in makers]
    kinds = [{k: s for k, s in kind.items() if k != "$defs"} for kind in kinds if "#peer" not in str(kind)]
    return obj({"apiVersion!": const("v1"), "kind!": const("List"), "items!": array({"oneOf": kinds}, 1, 10)})
