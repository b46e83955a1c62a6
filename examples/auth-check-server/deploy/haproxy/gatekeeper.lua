-- Asks Gatekeeper before a request goes on. Whatever is not a clear yes ends the request here.
--
--   http-request lua.gatekeeper ADDRESS:PORT NAME,NAME,...
--
-- with the address of check-listen and the names of all identity headers. HAProxy 2.6 or newer.

-- For each try; HAProxy makes up to four.
local TIMEOUT_MILLIS = 1250

-- What is between two neighbours, or describes a body that is not sent (RFC 9110, section 7.6.1).
local NOT_PASSED_ON = {
    ["connection"] = true, ["keep-alive"] = true, ["proxy-connection"] = true, ["te"] = true,
    ["trailer"] = true, ["transfer-encoding"] = true, ["content-length"] = true,
    ["content-type"] = true, ["expect"] = true,
    -- Said by this script alone.
    ["x-original-method"] = true, ["x-original-uri"] = true,
}

-- HAProxy counts a header's values from zero.
local function values_of(values)
    local list = {}
    local i = 0
    while values[i] ~= nil do
        list[#list + 1] = values[i]
        i = i + 1
    end
    return list
end

local function question(txn)
    local headers = {}
    for name, values in pairs(txn.http:req_get_headers()) do
        if not NOT_PASSED_ON[name] then
            headers[name] = values_of(values)
        end
    end
    headers["x-original-method"] = { txn.f:method() }
    headers["x-original-uri"] = { txn.f:pathq() }
    return headers
end

local function refuse(txn, status)
    local reply = txn:reply({ status = status })
    reply:add_header("Cache-Control", "no-store")
    txn:done(reply)
end

local function pass_on(txn, answer)
    local reply = txn:reply({ status = answer.status })
    for name, values in pairs(answer.headers) do
        if not NOT_PASSED_ON[name] or name == "content-type" then
            for _, value in ipairs(values_of(values)) do
                reply:add_header(name, value)
            end
        end
    end
    if txn.f:method() ~= "HEAD" then
        reply:set_body(answer.body or "")
    end
    txn:done(reply)
end

-- What replaces the request's own headers; nil where one of them is missing or comes twice.
local function replacements(answer, names)
    local all = {}
    for name in (names .. ",cookie"):gmatch("[^,%s]+") do
        local values = answer.headers[name:lower()]
        if values == nil or values[0] == nil or values[1] ~= nil then
            return nil
        end
        all[name] = values[0]
    end
    return all
end

local function allow(txn, answer, names)
    local all = replacements(answer, names)
    if all == nil then
        return refuse(txn, 503)
    end
    for name, value in pairs(all) do
        txn.http:req_set_header(name, value)
    end
    txn:set_var("txn.gatekeeper_allowed", "yes")
end

local function is_for_the_client(status)
    return status ~= nil and status >= 300 and status < 500
end

core.register_action("gatekeeper", { "http-req" }, function(txn, address, names)
    -- Another action may have left it.
    txn:set_var("txn.gatekeeper_allowed", "no")
    if (txn.f:pathq() or "") == "" then
        return refuse(txn, 400)
    end
    local answer = core.httpclient():get({
        url = "http://" .. address .. "/check",
        headers = question(txn),
        timeout = TIMEOUT_MILLIS,
    })
    if answer ~= nil and answer.status == 200 then
        allow(txn, answer, names)
    elseif answer ~= nil and is_for_the_client(answer.status) then
        pass_on(txn, answer)
    else
        refuse(txn, 503)
    end
end, 2)
