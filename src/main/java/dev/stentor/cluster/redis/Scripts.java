package dev.stentor.cluster.redis;

import io.lettuce.core.ScriptOutputType;

/**
 * The scripts that Redis runs, each as a whole. Epochs are times in ms, so a number of Lua holds them exactly. Keys of a channel are always
 * the lease, the stream and the texts, in this order.
 */
final class Scripts {

    /** Gives the time of Redis in ms as {@code now}. */
    private static final String NOW = """
            local t = redis.call('TIME')
            local now = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
            """;

    /** Gives epoch and number of the latest entry as {@code le} and {@code ls}. */
    private static final String LAST = """
            local le, ls = 0, 0
            local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)
            if last[1] then
              local e, s = string.match(last[1][1], '^(%d+)-(%d+)$')
              le, ls = tonumber(e), tonumber(s)
            end
            """;

    /** Gives owner, epoch and end of the lease as {@code h}. */
    private static final String LEASE = "local h = redis.call('HMGET', KEYS[1], 'o', 'e', 'u')\n";

    /**
     * Returns 0 if a lease of a later epoch was granted, one of an earlier epoch still runs, or the history is of a later one. An earlier
     * lease that is over does not matter: Redis may have lost the later one. Takes the epoch as {@code mine}.
     */
    private static final String REFUSE_OTHERS = NOW + LEASE + """
            local known, mine = tonumber(h[2] or '0'), tonumber(ARGV[1])
            if known > mine or (known < mine and h[1] and tonumber(h[3]) > now) then return 0 end
            """ + LAST + """
            if le > mine then return 0 end
            """;

    /** Takes node, ttl and the time to keep; returns whether it is granted, the epoch, and the owner. */
    static final Script TAKE = new Script(ScriptOutputType.MULTI, NOW + LEASE + """
            local runs = h[1] and tonumber(h[3]) > now
            if runs and h[1] ~= ARGV[1] then return {0, tonumber(h[2]), h[1]} end
            """ + LAST + """
            local epoch = string.format('%.0f', math.max(now, tonumber(h[2] or '0') + 1, le + 1))
            redis.call('HSET', KEYS[1], 'o', ARGV[1], 'e', epoch, 'u', string.format('%.0f', now + tonumber(ARGV[2])))
            for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[3]) end
            return {1, tonumber(epoch), ARGV[1]}
            """);

    /** Takes epoch, node, ttl and the time to keep; returns 1 if the lease goes on, which one that was given back does not. */
    static final Script RENEW = new Script(ScriptOutputType.INTEGER, REFUSE_OTHERS + """
            if known == mine and not h[1] then return 0 end
            redis.call('HSET', KEYS[1], 'o', ARGV[2], 'e', ARGV[1], 'u', string.format('%.0f', now + tonumber(ARGV[3])))
            for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[4]) end
            return 1
            """);

    /** Takes epoch and node. */
    static final Script RELEASE = new Script(ScriptOutputType.INTEGER, LEASE + """
            if h[1] ~= ARGV[2] or h[2] ~= ARGV[1] then return 0 end
            return redis.call('HDEL', KEYS[1], 'o', 'u')
            """);

    /** Returns epoch and owner, or nothing. */
    static final Script OWNER = new Script(ScriptOutputType.MULTI, NOW + LEASE + """
            if h[1] and tonumber(h[3]) > now then return {tonumber(h[2]), h[1]} end
            return {}
            """);

    /**
     * Takes epoch, length of the history, whether to publish, and for each entry its number and its bytes. Returns 0, or the epoch that
     * fences. Adds first and looks only if Redis refuses, since that hardly ever happens. One entry of sixteen makes room, so that a history is
     * longer by as many at most. Takes no name of the texts.
     */
    static final Script APPEND = new Script(ScriptOutputType.INTEGER, """
            local epoch = redis.call('HGET', KEYS[1], 'e')
            if epoch and epoch ~= ARGV[1] then
            """ + NOW + LEASE + """
              local later = tonumber(epoch) > tonumber(ARGV[1])
              if later or (h[1] and tonumber(h[3]) > now) then return tonumber(epoch) end
            end
            for i = 4, #ARGV, 2 do
              local id, r = ARGV[1] .. '-' .. ARGV[i]
              if ARGV[i] % 16 == 0 then
                r = redis.pcall('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], id, 'd', ARGV[i + 1])
              else
                r = redis.pcall('XADD', KEYS[2], id, 'd', ARGV[i + 1])
              end
              if type(r) == 'table' and r.err then
            """ + LAST + """
                if le > tonumber(ARGV[1]) then return le end
                if le < tonumber(ARGV[1]) or ls < tonumber(ARGV[i]) then return r end
              elseif ARGV[3] == '1' then
                redis.call('PUBLISH', KEYS[2], ARGV[i + 1])
              end
            end
            return 0
            """);

    /** Takes epoch and the time to keep. */
    static final Script END = new Script(ScriptOutputType.INTEGER, REFUSE_OTHERS + """
            redis.call('PEXPIRE', KEYS[2], ARGV[2])
            redis.call('PEXPIRE', KEYS[3], ARGV[2])
            return 1
            """);

    /** Takes epoch, the time to keep, how many texts follow, name and text of each, and then names to drop. Returns 1 if it was done. */
    static final Script KEEP = new Script(ScriptOutputType.INTEGER, REFUSE_OTHERS + """
            local texts = 3 + 2 * tonumber(ARGV[3])
            for i = 4, texts, 2 do redis.call('HSET', KEYS[3], ARGV[i], ARGV[i + 1]) end
            for i = texts + 1, #ARGV do redis.call('HDEL', KEYS[3], ARGV[i]) end
            redis.call('PEXPIRE', KEYS[3], ARGV[2])
            return 1
            """);

    /** Takes a name, a text and its ttl, for a hash whose fields are forgotten one by one. */
    static final Script SAY = new Script(ScriptOutputType.INTEGER, NOW + """
            redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now + tonumber(ARGV[3])) .. ':' .. ARGV[2])
            if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
            return 1
            """);

    /** Returns names and texts of such a hash, and deletes what is over. */
    static final Script HEAR = new Script(ScriptOutputType.MULTI, NOW + """
            local all, alive = redis.call('HGETALL', KEYS[1]), {}
            for i = 1, #all, 2 do
              local colon = string.find(all[i + 1], ':', 1, true)
              if tonumber(string.sub(all[i + 1], 1, colon - 1)) > now then
                table.insert(alive, all[i])
                table.insert(alive, string.sub(all[i + 1], colon + 1))
              else
                redis.call('HDEL', KEYS[1], all[i])
              end
            end
            return alive
            """);

    /**
     * Takes own field, what all fields of the kind begin with, an amount, a limit, 0 for none, and a ttl; keys are the hash of what is held, and
     * the characters that were paid for. Returns whether the own amount grew, what was paid, and what all hold. A field is {@code
     * <end in ms>:<amount>}.
     */
    static final Script HOLD = new Script(ScriptOutputType.MULTI, NOW + """
            local paid = tonumber(redis.call('GET', KEYS[2]) or '0')
            local all, sum, own = redis.call('HGETALL', KEYS[1]), 0, 0
            for i = 1, #all, 2 do
              local till, amount = string.match(all[i + 1], '^(%d+):(%d+)$')
              if tonumber(till) <= now then
                redis.call('HDEL', KEYS[1], all[i])
              elseif string.sub(all[i], 1, #ARGV[2]) == ARGV[2] then
                sum = sum + tonumber(amount)
                if all[i] == ARGV[1] then own = tonumber(amount) end
              end
            end
            local more, limit = tonumber(ARGV[3]), tonumber(ARGV[4])
            if limit > 0 and paid + sum + more > limit then return {0, paid, sum} end
            if more > 0 then
              local till = string.format('%.0f', now + tonumber(ARGV[5]))
              redis.call('HSET', KEYS[1], ARGV[1], till .. ':' .. string.format('%.0f', own + more))
              if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[5]) then redis.call('PEXPIRE', KEYS[1], ARGV[5]) end
            end
            return {1, paid, sum + more}
            """);

    /** Takes own field, an amount to give back, an amount that was paid, and how long that is known; keys are those of {@link #HOLD}. */
    static final Script GIVE = new Script(ScriptOutputType.INTEGER, """
            local own = redis.call('HGET', KEYS[1], ARGV[1])
            if own then
              local till, amount = string.match(own, '^(%d+):(%d+)$')
              local left = tonumber(amount) - tonumber(ARGV[2])
              if left > 0 then
                redis.call('HSET', KEYS[1], ARGV[1], till .. ':' .. string.format('%.0f', left))
              else
                redis.call('HDEL', KEYS[1], ARGV[1])
              end
            end
            if tonumber(ARGV[3]) > 0 then
              redis.call('INCRBY', KEYS[2], ARGV[3])
              redis.call('PEXPIRE', KEYS[2], ARGV[4])
            end
            return 1
            """);

    /**
     * Takes the time between two in the long run, in µs, and how many may come at once; the key holds the time up to which all is used. Counts one
     * and returns 0, or counts nothing and returns the time to wait, in µs.
     */
    static final Script RATE = new Script(ScriptOutputType.INTEGER, """
            local t = redis.call('TIME')
            local now = tonumber(t[1]) * 1000000 + tonumber(t[2])
            local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
            local till = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0')) + interval
            local over = till - now - interval * burst
            if over > 0 then return over end
            redis.call('SET', KEYS[1], string.format('%.0f', till), 'PX', math.ceil((till - now) / 1000))
            return 0
            """);

    /** Takes an archive, a ttl, and an archive whose claim does not count; returns the archive that has the claim. */
    static final Script CLAIM = new Script(ScriptOutputType.VALUE, """
            local holder = redis.call('GET', KEYS[1])
            if holder and holder ~= ARGV[1] and holder ~= ARGV[3] then return holder end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return ARGV[1]
            """);

    /** Takes an archive, and deletes its claim. */
    static final Script UNCLAIM = new Script(ScriptOutputType.INTEGER, """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """);

    private Scripts() {}
}
