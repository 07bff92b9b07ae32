-- For wrk: leads with new phones for the intake. Arguments: the token, and milliseconds between the requests of a connection.
--   wrk -t2 -c64 -d12s --latency -s docs/benchmarks/intake.lua http://127.0.0.1:8080 -- "$TOKEN" 0
local threads = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init(args)
  token = args[1]
  pause = tonumber(args[2] or "0")
  next = (os.time() % 1000) * 60000 + id * 30000000
end

function delay()
  return pause
end

function request()
  next = next + 1
  local body = string.format('{"phone":"09%08d","name":"Nguyễn Văn %d","email":"lead%d@example.vn"}', next % 100000000, next, next)
  return wrk.format("POST", "/api/crm/lead", {["Authorization"] = token, ["Content-Type"] = "application/json"}, body)
end
