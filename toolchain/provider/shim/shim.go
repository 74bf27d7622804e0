// Package shim hands out Auth0's Terraform provider, whose constructor its module keeps internal.
package shim

import (
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"

	"github.com/auth0/terraform-provider-auth0/internal/provider"
)

// New returns Auth0's provider as its own main program would serve it.
func New() *schema.Provider {
	return provider.New()
}
