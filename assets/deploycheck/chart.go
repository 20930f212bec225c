package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
	apps "k8s.io/api/apps/v1"
	scaling "k8s.io/api/autoscaling/v2"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	"sigs.k8s.io/yaml"
)

// kinds are the objects that the chart may make.
func kinds() map[string]func() any {
	return map[string]func() any{
		"apps/v1 Deployment":                      func() any { return &apps.Deployment{} },
		"v1 Service":                              func() any { return &core.Service{} },
		"v1 ServiceAccount":                       func() any { return &core.ServiceAccount{} },
		"v1 Secret":                               func() any { return &core.Secret{} },
		"policy/v1 PodDisruptionBudget":           func() any { return &policy.PodDisruptionBudget{} },
		"autoscaling/v2 HorizontalPodAutoscaler":  func() any { return &scaling.HorizontalPodAutoscaler{} },
		"networking.k8s.io/v1 Ingress":            func() any { return &networking.Ingress{} },
		"networking.k8s.io/v1 NetworkPolicy":      func() any { return &networking.NetworkPolicy{} },
		"monitoring.coreos.com/v1 ServiceMonitor": func() any { return &monitoring.ServiceMonitor{} },
		"monitoring.coreos.com/v1 PrometheusRule": func() any { return &monitoring.PrometheusRule{} },
	}
}

// chart lints the chart and renders it as it is, and with everything that can be switched.
func chart(top string) error {
	dir := filepath.Join(top, "helm", "bonafide")
	least := map[string]any{"database": map[string]any{"existingSecret": "db"}, "blobs": map[string]any{"url": "s3://faces"}}
	all := map[string]any{
		"database":      map[string]any{"existingSecret": "db"},
		"blobs":         map[string]any{"url": "s3://faces/p?endpoint=https://s3.example.org", "existingSecret": "s3"},
		"publicURL":     "https://id.example.org",
		"ingress":       map[string]any{"enabled": true, "host": "id.example.org", "className": "nginx", "tlsSecret": "tls"},
		"monitor":       map[string]any{"enabled": true, "rules": true},
		"networkPolicy": map[string]any{"enabled": true},
		"worker":        map[string]any{"autoscaling": map[string]any{"enabled": true}},
		"otlpEndpoint":  "http://collector:4318",
	}
	result := lint.All(dir, least, "bonafide", true)
	for _, m := range result.Messages {
		if m.Severity >= support.WarningSev {
			return fmt.Errorf("lint: %s", m)
		}
	}
	var seen []string
	for name, values := range map[string]map[string]any{"least": least, "all": all} {
		made, err := render(dir, values)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		seen = append(seen, made...)
	}
	for kind := range kinds() {
		if !slices.Contains(seen, kind) && !strings.HasSuffix(kind, " Secret") {
			return fmt.Errorf("nothing makes a %s", kind)
		}
	}
	if _, err := render(dir, nil); err == nil {
		return errors.New("it can be installed without a database")
	}
	return nil
}

// render gives the kinds of objects that the chart makes of values.
func render(dir string, values map[string]any) ([]string, error) {
	c, err := loader.Load(dir)
	if err != nil {
		return nil, err
	}
	filled, err := chartutil.ToRenderValues(c, values, chartutil.ReleaseOptions{Name: "id", Namespace: "bonafide"}, chartutil.DefaultCapabilities)
	if err != nil {
		return nil, err
	}
	files, err := engine.Engine{Strict: true}.Render(c, filled)
	if err != nil {
		return nil, err
	}
	var made []string
	for name, text := range files {
		if !strings.HasSuffix(name, ".yaml") {
			continue
		}
		for _, document := range bytes.Split([]byte(text), []byte("\n---")) {
			kind, err := object(document)
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, fmt.Errorf("%s: %w\n%s", name, err, document)
			}
			if kind != "" {
				made = append(made, kind)
			}
		}
	}
	return made, nil
}

// object reads one document strictly as what it says it is. One without a word is io.EOF.
func object(document []byte) (string, error) {
	var head struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
	}
	if err := yaml.Unmarshal(document, &head); err != nil {
		return "", err
	}
	if head.Kind == "" {
		return "", io.EOF
	}
	name := head.APIVersion + " " + head.Kind
	of, known := kinds()[name]
	if !known {
		return "", fmt.Errorf("%s is not known here", name)
	}
	o := of()
	if err := yaml.UnmarshalStrict(document, o); err != nil {
		return "", err
	}
	if d, ok := o.(*apps.Deployment); ok {
		return name, hardened(d)
	}
	return name, nil
}

// hardened wants containers that may do no more than they must.
func hardened(d *apps.Deployment) error {
	pod := d.Spec.Template.Spec
	if pod.SecurityContext == nil || pod.SecurityContext.RunAsNonRoot == nil || !*pod.SecurityContext.RunAsNonRoot {
		return fmt.Errorf("%s: it may run as root", d.Name)
	}
	for _, c := range pod.Containers {
		s := c.SecurityContext
		switch {
		case s == nil || s.ReadOnlyRootFilesystem == nil || !*s.ReadOnlyRootFilesystem:
			return fmt.Errorf("%s: its root can be written to", d.Name)
		case s.AllowPrivilegeEscalation == nil || *s.AllowPrivilegeEscalation:
			return fmt.Errorf("%s: it may become more than it is", d.Name)
		case c.LivenessProbe == nil || c.ReadinessProbe == nil || c.StartupProbe == nil:
			return fmt.Errorf("%s: a probe is missing", d.Name)
		case c.Resources.Limits.Memory().IsZero() || c.Resources.Requests.Cpu().IsZero():
			return fmt.Errorf("%s: memory has no limit, or no processor is asked for", d.Name)
		}
	}
	return nil
}
