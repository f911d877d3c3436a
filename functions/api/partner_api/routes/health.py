"""Whether the API is up."""

from partner_api.routing import Routes


def add_routes(routes: Routes) -> None:
    @routes.add("GET /health", None, "Whether the API is up")
    def health() -> dict[str, str]:
        return {"status": "up"}
