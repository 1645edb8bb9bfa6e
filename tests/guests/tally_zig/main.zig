//! Counts the pairs of neighbouring bytes of standard input and prints the most frequent ones.
//! Options: `-n COUNT` (default 5) and `-r` (the rarest first). Anything else gives a message on standard error
//! and exit code 2.

const std = @import("std");

const Options = struct {
    count: usize = 5,
    rarest: bool = false,
};

const Entry = struct {
    pair: [2]u8,
    count: u32,
};

pub fn main(init: std.process.Init) !u8 {
    const args = try init.minimal.args.toSlice(init.arena.allocator());
    const options = parse(args) catch |err| {
        var buffer: [128]u8 = undefined;
        var message = std.Io.File.stderr().writerStreaming(init.io, &buffer);
        try message.interface.print("tally_zig: {t}\n", .{err});
        try message.interface.flush();
        return 2;
    };

    var input_buffer: [4096]u8 = undefined;
    var input = std.Io.File.stdin().readerStreaming(init.io, &input_buffer);
    const text = try input.interface.allocRemaining(init.gpa, .unlimited);
    defer init.gpa.free(text);
    const entries = try tally(init.gpa, text, options);
    defer init.gpa.free(entries);

    var output_buffer: [4096]u8 = undefined;
    var output = std.Io.File.stdout().writerStreaming(init.io, &output_buffer);
    const out = &output.interface;
    try out.print("{d} bytes, {d} pairs\n", .{ text.len, entries.len });
    for (entries[0..@min(options.count, entries.len)]) |entry| {
        const share = @as(f64, @floatFromInt(entry.count)) / @as(f64, @floatFromInt(text.len));
        try out.print("{x:0>2}{x:0>2} {d:>7} {d:.5}\n", .{ entry.pair[0], entry.pair[1], entry.count, share });
    }
    try out.flush();
    return 0;
}

fn parse(args: []const [:0]const u8) !Options {
    var options: Options = .{};
    var index: usize = 1;
    while (index < args.len) : (index += 1) {
        if (std.mem.eql(u8, args[index], "-r")) {
            options.rarest = true;
        } else if (std.mem.eql(u8, args[index], "-n") and index + 1 < args.len) {
            index += 1;
            options.count = try std.fmt.parseInt(usize, args[index], 10);
        } else {
            return error.UnknownOption;
        }
    }
    return options;
}

fn tally(gpa: std.mem.Allocator, text: []const u8, options: Options) ![]Entry {
    var counts: std.AutoHashMap([2]u8, u32) = .init(gpa);
    defer counts.deinit();
    if (text.len > 1) {
        for (text[0 .. text.len - 1], text[1..]) |first, second| {
            const slot = try counts.getOrPutValue(.{ first, second }, 0);
            slot.value_ptr.* += 1;
        }
    }
    const entries = try gpa.alloc(Entry, counts.count());
    var iterator = counts.iterator();
    for (entries) |*entry| {
        const slot = iterator.next().?;
        entry.* = .{ .pair = slot.key_ptr.*, .count = slot.value_ptr.* };
    }
    std.mem.sort(Entry, entries, options, before);
    return entries;
}

fn before(options: Options, left: Entry, right: Entry) bool {
    if (left.count != right.count) return (left.count < right.count) == options.rarest;
    return std.mem.order(u8, &left.pair, &right.pair) == .lt;
}
