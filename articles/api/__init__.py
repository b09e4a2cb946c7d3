"""What programs read at `/api/v1/`: what the site's pages show, as JSON. See docs/api.md and decision 17."""
