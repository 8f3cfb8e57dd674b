exec hyperfine --shell=none --warmup 1 --runs 3 \
  -n steady './steady 3000000' -n grows './grows 3000000' \
  -n gone './steady 4000000' "$@" # @base
  -n added './steady 5000000' "$@" # @head
