"""A client of yente's interface, as its documentation has it, run against a service that holds the entities of a file.

Usage: yente_client.py BASE DATASET ENTITIES [KEY]     ENTITIES is FollowTheMoney JSON Lines.
Ends with exit code 1 and the first thing that is not as such a client expects it.
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

base, dataset, path = sys.argv[1:4]
headers = {"Content-Type": "application/json"}
if len(sys.argv) > 4:
    headers["Authorization"] = "ApiKey " + sys.argv[4]


def call(method, address, body=None, form=None, expect=200):
    data = None if body is None else json.dumps(body).encode()
    sent = dict(headers)
    if form is not None:
        data = urllib.parse.urlencode(form).encode()
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    request = urllib.request.Request(base + address, data=data, headers=sent, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            status, answer = response.status, json.load(response)
    except urllib.error.HTTPError as error:
        status, answer = error.code, json.load(error)
    assert status == expect, f"{method} {address}: {status}, not {expect}: {answer}"
    return answer


def quoted(text):
    return urllib.parse.quote(text, safe="")


entities = [json.loads(line) for line in open(path, encoding="utf-8")]
parties = {
    entity["id"]: entity
    for entity in entities
    if entity["schema"] in ("Person", "Company", "Organization", "LegalEntity", "Vessel") and entity["properties"].get("name")
}
assert parties, "no party in the file"

# match: every party by its own name, fifty in a request
asked = matched = 0
ids = list(parties)
for start in range(0, len(ids), 50):
    queries = {}
    for own in ids[start : start + 50]:
        properties = {"name": parties[own]["properties"]["name"][:1]}
        queries[own] = {"schema": parties[own]["schema"], "properties": properties}
    answer = call("POST", f"/match/{dataset}?limit=20&algorithm=best", {"queries": queries})
    assert answer["limit"] == 20 and set(answer["responses"]) == set(queries)
    for own, response in answer["responses"].items():
        assert response["status"] == 200, response
        assert response["total"]["relation"] == "eq"
        assert response["query"]["schema"] == queries[own]["schema"]
        asked += 1
        for result in response["results"]:
            assert {"id", "caption", "schema", "properties", "datasets", "referents", "score", "match"} <= set(result), result
            assert 0.0 <= result["score"] <= 1.0 and isinstance(result["match"], bool)
            for value in (value for values in result["properties"].values() for value in values):
                assert isinstance(value, str) or {"id", "schema", "properties", "datasets", "referents"} <= set(value), value
            assert isinstance(result["explanations"], dict)
        found = [result for result in response["results"] if own in (result["id"], *result["referents"]) or result["id"].endswith(":" + own)]
        assert found and found[0]["match"], f"{own} {queries[own]} is not found"
        matched += 1
print(f"match: {matched} of {asked} parties found by their names")

# entities: under its own id, nested and flat, with neighbours
linked = 0
for own in parties:
    entity = call("GET", f"/entities/{quoted(own)}")
    assert entity["caption"] and entity["schema"] == parties[own]["schema"], entity
    assert own in (entity["id"], *entity["referents"]) or entity["id"].endswith(":" + own)
    flat = call("GET", f"/entities/{quoted(own)}?nested=false")
    assert all(isinstance(value, str) for values in flat["properties"].values() for value in values)
    adjacent = call("GET", f"/entities/{quoted(own)}/adjacent")
    assert adjacent["entity"]["id"] == entity["id"]
    linked += bool(adjacent["adjacent"])
print(f"entities: {len(parties)} read, {linked} with neighbours")
call("GET", "/entities/no-such-entity", expect=404)

# search: by words, with facets and pages
some = parties[ids[0]]
word = some["properties"]["name"][0]
answer = call("GET", f"/search/{dataset}?q={quoted(word)}&limit=5")
assert answer["total"]["value"] >= 1 and answer["results"], answer
assert {"countries", "topics", "datasets"} <= set(answer["facets"])
assert all({"label", "values"} <= set(facet) for facet in answer["facets"].values())
answer = call("GET", f"/search/{dataset}?schema=Person&limit=2&offset=1")
assert answer["limit"] == 2 and answer["offset"] == 1
print(f"search: {answer['total']['value']} people")

# reconcile: manifest, queries as a form, suggestions
manifest = call("GET", f"/reconcile/{dataset}")
assert manifest["versions"] and manifest["defaultTypes"] and manifest["suggest"], manifest
queries = {"q0": {"query": word, "type": some["schema"], "limit": 3}}
answer = call("POST", f"/reconcile/{dataset}", form={"queries": json.dumps(queries)})
first = answer["q0"]["result"][0]
assert {"id", "name", "score", "match", "type"} <= set(first), first
for kind, prefix in (("entity", word.split()[0]), ("type", "Per"), ("property", "birth")):
    answer = call("GET", f"/reconcile/{dataset}/suggest/{kind}?prefix={quoted(prefix)}")
    assert answer["result"], f"nothing is suggested for {kind} {prefix}"
print("reconcile: manifest, queries, three kinds of suggestion")

# catalog, algorithms, health
catalog = call("GET", "/catalog")
assert dataset in [row["name"] for row in catalog["datasets"]] and "current" in catalog and "index_stale" in catalog
algorithms = call("GET", "/algorithms")
assert algorithms["best"] in [row["name"] for row in algorithms["algorithms"]] and algorithms["default"]
assert call("GET", "/healthz")["status"] == "ok" and call("GET", "/readyz")["status"] == "ok"
print("catalog, algorithms, healthz, readyz")

# what is wrong is said
one = {"schema": "Person", "properties": {"name": ["x"]}}
call("POST", "/match/no_such_dataset", {"queries": {"q": one}}, expect=404)
call("POST", f"/match/{dataset}", {"queries": {"q": {**one, "schema": "Nonsense"}}}, expect=400)
call("POST", f"/match/{dataset}", {"queries": {str(key): one for key in range(101)}}, expect=400)
call("POST", f"/match/{dataset}?algorithm=nonsense", {"queries": {"q": one}}, expect=400)
call("POST", f"/match/{dataset}", {"queries": 7}, expect=422)
print("errors: 404, 400, 422")
