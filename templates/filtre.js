(function(){
var f=document.querySelector("form.filtre");if(!f)return;
var plain=function(s){return s.normalize("NFD").replace(/[\u0300-\u036f]/g,"").toLowerCase()};
var rows=[].map.call(document.querySelectorAll("table.plan tr[data-e]"),function(r){var s=r.nextElementSibling;s=s&&s.className=="suite"?s:null;return{r:r,s:s,t:plain(r.textContent+(s?" "+s.textContent:"")),e:r.dataset.e}});
var groups=document.querySelectorAll("table.plan,table.plan tbody"),said=f.querySelector("p");
function show(){
var q=plain(f.q.value.trim()),e=f.e.value,n=0;
rows.forEach(function(o){var ok=(!e||o.e===e)&&(!q||o.t.indexOf(q)>=0);o.r.hidden=!ok;if(o.s)o.s.hidden=!ok;n+=ok});
groups.forEach(function(g){g.hidden=!g.querySelector("tr[data-e]:not([hidden])")});
said.textContent=q||e?(n<2?n+{{ ("\u00a0" ~ mots.action.singulier) | tojson }}:n+{{ ("\u00a0" ~ mots.action.pluriel) | tojson }}):"";
}
f.hidden=false;f.addEventListener("input",show);f.addEventListener("submit",function(x){x.preventDefault()});
})();
