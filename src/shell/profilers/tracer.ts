/**
 * Runs a command and writes down every program that its processes run, however short it is: the kernel stops each process where it starts a
 * program and where it ends (ptrace(2), PTRACE_O_TRACEEXEC and PTRACE_O_TRACEEXIT), and proc(5) has its words, folder, environment, input,
 * mapped code and processor time there. Perl is part of every Debian and Ubuntu and can make the calls. It ends with 125 where it cannot trace.
 *
 * A program that is neither of the system nor in the work tree may be gone afterwards (`go run` builds one for the run): it is copied while
 * it runs, and the copy stays where the file does not.
 */
export const TRACER = String.raw`
use strict; no warnings;
my ($dir, $tree, @command) = @ARGV;
my ($machine) = qx(uname -m) =~ /(\w+)/;
my $ptrace = { x86_64 => 101, aarch64 => 117, riscv64 => 117, s390x => 26, ppc64le => 26 }->{$machine};
exit 125 if !defined $ptrace || length(pack 'J', 0) != 8;
my ($CONT, $MESSAGE, $SEIZE, $LISTEN, $ALL) = (7, 0x4201, 0x4206, 0x4208, 0x40000000);
# TRACEFORK, TRACEVFORK, TRACECLONE, TRACEEXEC, TRACEEXIT, EXITKILL of linux/ptrace.h.
my $OPTIONS = 2 | 4 | 8 | 0x10 | 0x40 | 0x100000;
my ($MOST_PROGRAMS, $MOST_COPIES, $MOST_BYTES) = (4000, 64, 1 << 28);

my $room = "\0" x 8;
sub message { $room = "\0" x 8; syscall($ptrace, $MESSAGE, $_[0], 0, $room) == 0 ? unpack('Q', $room) : 0 }
sub content { open(my $in, '<', $_[0]) or return ''; local $/; my $text = <$in>; defined $text ? $text : '' }
sub encoded { my $text = $_[0]; return '-' if $text eq ''; return '%2D' if $text eq '-'; $text =~ s/([^!-\$&-+.-~-])/sprintf '%%%02X', ord $1/ge; $text }
sub listed { join ',', map { encoded($_) } @_ }

# By thread: its process, and the time that was counted already. By process: the program that it runs.
my (%group, %counted, %current, %parent, @seen, %environments, $copied);
my $moment = 0;

sub spent {
  my ($thread) = @_;
  return $1 if content("/proc/$thread/schedstat") =~ /^(\d+)/;
  my ($rest) = content("/proc/$thread/stat") =~ /\) (.*)/s;
  my @fields = split ' ', $rest;
  return ($fields[11] + $fields[12]) * 10_000_000;
}
sub account {
  my ($thread, $former) = @_;
  my $program = $current{$group{$thread}};
  my $now = spent($thread);
  $seen[$program]{time} += $now - ($counted{$former} || 0) if defined $program && $now;
  $counted{$thread} = $now if $now;
}
sub known {
  my ($thread) = @_;
  return if defined $group{$thread};
  my $status = content("/proc/$thread/status");
  my ($leader) = $status =~ /^Tgid:\s*(\d+)/m;
  my ($above) = $status =~ /^PPid:\s*(\d+)/m;
  $group{$thread} = $leader = $leader || $thread;
  $counted{$thread} = 0;
  $current{$leader} = $current{defined $parent{$thread} ? $parent{$thread} : $above} unless defined $current{$leader};
}
sub copy {
  my ($thread, $exe, $id) = @_;
  return if $copied->{files}++ >= $MOST_COPIES || ($copied->{bytes} += -s "/proc/$thread/exe") > $MOST_BYTES;
  my ($name) = $exe =~ m{([^/]+?)(?: \(deleted\))?$};
  mkdir "$dir/kept"; mkdir "$dir/kept/$id" or return;
  open(my $in, '<', "/proc/$thread/exe") or return; open(my $out, '>', "$dir/kept/$id/$name") or return;
  binmode $in; binmode $out;
  my $part; while (sysread $in, $part, 1 << 20) { print $out $part }
  close $out; chmod 0755, "$dir/kept/$id/$name";
  "$dir/kept/$id/$name";
}
sub mapped {
  my ($leader) = @_;
  my $files = $seen[$current{$leader}]{code} or return;
  for (split /\n/, content("/proc/$leader/maps")) {
    next unless m{^\S+ ..x\S* \S+ \S+ \d+\s+(\Q$tree\E/.*)} && keys %$files < 64;
    $files->{$1} = 1;
  }
}
sub started {
  my ($thread) = @_;
  my $exe = readlink "/proc/$thread/exe";
  if (!defined $exe || @seen >= $MOST_PROGRAMS) { unlink "$dir/processes"; exit 124 }
  my $id = @seen;
  my $environment = content("/proc/$thread/environ");
  $environments{$environment} = keys %environments unless defined $environments{$environment};
  my $above = $current{$thread};
  push @seen, {
    above => defined $above ? $above : -1, time => 0, started => ++$moment, ended => $moment, exe => $exe,
    folder => readlink("/proc/$thread/cwd") || '', input => readlink("/proc/$thread/fd/0") || '',
    words => [split /\0/, content("/proc/$thread/cmdline"), -1], environment => $environments{$environment}, code => {},
  };
  pop @{$seen[$id]{words}};
  $current{$thread} = $id;
  $seen[$id]{code}{$exe} = 1 if index($exe, "$tree/") == 0;
  $seen[$id]{copy} = copy($thread, $exe, $id) unless $exe =~ m{^(?:\Q$tree\E|/usr|/bin|/sbin|/lib[^/]*|/opt|/nix|/snap)/};
}

pipe(my $wait, my $go) or exit 125;
my $root = fork; exit 125 unless defined $root;
if ($root == 0) {
  close $go; sysread $wait, my $word, 1; close $wait;
  exit 127 if $word eq '';
  open STDIN, '<', '/dev/null'; open STDOUT, '>', '/dev/null'; open STDERR, '>', '/dev/null';
  exec { $command[0] } @command; exit 127;
}
close $wait;
if (syscall($ptrace, $SEIZE, $root, 0, $OPTIONS) != 0) { kill 9, $root; exit 125 }
syswrite $go, 'g'; close $go;
my $code = 1;
while ((my $thread = waitpid(-1, $ALL)) > 0) {
  my $status = ${'$'}{^CHILD_ERROR_NATIVE};
  if (($status & 0xff) != 0x7f) {
    next unless $thread == $root;
    $code = $status & 0x7f ? 128 + ($status & 0x7f) : $status >> 8;
    last;
  }
  my ($signal, $event) = (($status >> 8) & 0xff, $status >> 16);
  known($thread);
  if ($event == 4) {
    my $former = message($thread) || $thread;
    known($former);
    account($thread, $former);
    $seen[$current{$thread}]{ended} = ++$moment if defined $current{$thread};
    started($thread);
  } elsif ($event == 6) {
    account($thread, $thread);
    my $program = $current{$group{$thread}};
    if (defined $program) { mapped($group{$thread}); $seen[$program]{ended} = ++$moment }
    delete $counted{$thread}; my $leader = delete $group{$thread};
    delete $current{$leader} if !grep { $_ == $leader } values %group;
  } elsif ($event >= 1 && $event <= 3) {
    my $new = message($thread); $parent{$new} = $group{$thread} if $new;
  }
  my $stopped = $event == 128 && ($signal == 19 || $signal >= 20 && $signal <= 22);
  if ($stopped) { syscall($ptrace, $LISTEN, $thread, 0, 0) }
  else { syscall($ptrace, $CONT, $thread, 0, $event ? 0 : $signal) }
}
open(my $out, '>', "$dir/processes") or exit 1;
while (my ($text, $id) = each %environments) { print $out "env $id ", listed(split /\0/, $text), "\n" }
for my $id (0 .. $#seen) {
  my $each = $seen[$id];
  my ($program, $passing) = ($each->{exe}, 0);
  if (defined $each->{copy}) {
    if (-e $program) { unlink $each->{copy}; rmdir "$dir/kept/$id" } else { ($program, $passing) = ($each->{copy}, 1) }
  }
  print $out join(' ', $id, @$each{qw(above time started ended)}, map({ encoded($_) } $program, @$each{qw(folder input)}),
    listed(@{$each->{words}}), $each->{environment}, listed(sort keys %{$each->{code}}), $passing), "\n";
}
print $out "end\n"; close $out;
exit $code;
`
