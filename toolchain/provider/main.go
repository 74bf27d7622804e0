// Command pulumi-resource-auth0 is a Pulumi plugin around Auth0's own Terraform provider, for machines that cannot
// download Pulumi's build. It has the same resource types but not Pulumi's overlays (examples, default descriptions).
package main

import (
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/tokens"
	shimv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"

	"github.com/auth0/terraform-provider-auth0/shim"
)

const (
	name     = "auth0"
	upstream = "github.com/auth0/terraform-provider-auth0"
	// Only `pulumi package` commands read more than the name; programs bring the types of their SDK.
	schema = `{"name":"` + name + `"}`
)

func main() {
	version := upstreamVersion()
	info := tfbridge.ProviderInfo{
		P:                              shimv2.NewProvider(shim.New()),
		Name:                           name,
		DisplayName:                    "Auth0 (built by Rolebook)",
		Description:                    "Auth0's Terraform provider " + version + ", built by Rolebook; not Pulumi's own build.",
		Publisher:                      "Rolebook",
		GitHubOrg:                      "auth0",
		TFProviderVersion:              version,
		EnableZeroDefaultSchemaVersion: true,
	}
	info.MustComputeTokens(tokens.SingleModule(name+"_", "index", tokens.MakeStandard(name)))
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[len(os.Args)-1], "-") {
		go endWithEngine()
	}
	tfbridge.Main(name, version+"+rolebook.build", info, []byte(schema))
}

// upstreamVersion returns the version of Auth0's provider that is in this binary, without "v".
func upstreamVersion() string {
	build, ok := debug.ReadBuildInfo()
	if ok {
		for _, module := range build.Deps {
			if module.Path == upstream {
				return strings.TrimPrefix(module.Version, "v")
			}
		}
	}
	return "0.0.0-unknown"
}

// endWithEngine ends this process when its standard input does: the engine holds the other end and may be killed
// without a word, and the bridge would notice only minutes later.
func endWithEngine() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(1)
}
