#![feature(test)]
extern crate test;

use demo::spin;
use test::Bencher;

#[bench]
fn steady(b: &mut Bencher) {
    b.iter(|| spin(500));
}

mod inner {
    #[bench]
    fn grows(b: &mut super::Bencher) {
        b.iter(|| super::spin(1000)); // @base
        b.iter(|| super::spin(3000)); // @head
    }
}

#[bench] // @base
fn gone(b: &mut Bencher) { b.iter(|| spin(700)); } // @base
#[bench] // @head
fn added(b: &mut Bencher) { b.iter(|| spin(1700)); } // @head
