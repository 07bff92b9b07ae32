// Checks manifests for types and enums with kubernetes-models: node check.mjs FILE...
// Without a word it ends with 0. A file whose head says "# kubernetes-models: …" is broken on purpose: it must be complained of in these words.
import {readFileSync} from "node:fs";
import {parseAllDocuments} from "yaml";
import {ScaledObject} from "@kubernetes-models/keda/keda.sh/v1alpha1";
import {PrometheusRule, ServiceMonitor} from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
import {Deployment} from "kubernetes-models/apps/v1";
import {NetworkPolicy} from "kubernetes-models/networking.k8s.io/v1";
import {PodDisruptionBudget} from "kubernetes-models/policy/v1";
import {ConfigMap, Service} from "kubernetes-models/v1";

const models = {
  "apps/v1 Deployment": Deployment,
  "v1 ConfigMap": ConfigMap,
  "v1 Service": Service,
  "networking.k8s.io/v1 NetworkPolicy": NetworkPolicy,
  "policy/v1 PodDisruptionBudget": PodDisruptionBudget,
  "monitoring.coreos.com/v1 PrometheusRule": PrometheusRule,
  "monitoring.coreos.com/v1 ServiceMonitor": ServiceMonitor,
  "keda.sh/v1alpha1 ScaledObject": ScaledObject,
};

function complaintOf(object) {
  const kind = `${object.apiVersion} ${object.kind}`;
  const model = models[kind];
  if (!model) {
    return `${kind} is no kind that is checked`;
  }
  try {
    new model(object).validate();
    return "";
  } catch (wrong) {
    return wrong.message;
  }
}

const files = process.argv.slice(2);
let wrong = files.length === 0 ? ["no file is named"] : [];
for (const file of files) {
  const text = readFileSync(file, "utf8");
  // Kubernetes reads YAML 1.1.
  const objects = parseAllDocuments(text, {version: "1.1"}).map((document) => document.toJS()).filter(Boolean);
  const complaints = objects.map(complaintOf).filter(Boolean).join("\n");
  const meant = /^# kubernetes-models: (.*)$/m.exec(text)?.[1];
  if (objects.length === 0) {
    wrong.push(`${file}: there is nothing in it`);
  } else if (meant === undefined && complaints) {
    wrong.push(`${file}: ${complaints}`);
  } else if (meant !== undefined && !complaints.includes(meant)) {
    wrong.push(`${file}: it is broken, and what was said is not "${meant}" but "${complaints}"`);
  }
}
wrong.forEach((sentence) => console.error(sentence));
process.exitCode = wrong.length === 0 ? 0 : 1;
