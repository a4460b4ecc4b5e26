-- Requests of POST /match/default for made-up people, a thousand different ones over and over.
local given = { "Anna", "Boris", "Chen", "Dilnoza", "Emeka", "Farida", "Goran", "Hassan", "Ingrid", "Jorge", "Katya", "Luis", "Mehmet", "Nadia", "Olga", "Pedro", "Qasim", "Rosa", "Sergei", "Tomas" }
local family = { "Abdullah", "Bergstrom", "Castillo", "Dubois", "Eriksen", "Fernandez", "Grigoriev", "Haddad", "Ivanova", "Jensen", "Kowalski", "Lindqvist", "Moreau", "Nakamura", "Okafor", "Petrov", "Quispe", "Rahman", "Sokolov", "Tanaka" }
local countries = { "ru", "fr", "ng", "mx", "pk", "us", "tr", "cn" }
local number = tonumber(os.getenv("QUERIES") or "1")
local bodies = {}

local function query(seed)
  return string.format('{"schema":"Person","properties":{"name":["%s %s"],"birthDate":["%d-%02d-%02d"],"nationality":["%s"]}}',
    given[seed % #given + 1], family[math.floor(seed / #given) % #family + 1],
    1940 + seed % 60, seed % 12 + 1, seed % 28 + 1, countries[seed % #countries + 1])
end

function init()
  for request = 1, 1000 do
    local queries = {}
    for index = 1, number do queries[index] = string.format('"q%d":%s', index, query(request * 37 + index * 101)) end
    bodies[request] = '{"queries":{' .. table.concat(queries, ",") .. "}}"
  end
end

local turn = 0
function request()
  turn = turn % 1000 + 1
  return wrk.format("POST", "/match/default", { ["Content-Type"] = "application/json" }, bodies[turn])
end
